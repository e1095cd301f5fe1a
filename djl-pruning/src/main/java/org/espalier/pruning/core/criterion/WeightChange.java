package org.espalier.pruning.core.criterion;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Values;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights that training has moved: score = |w - w_0|, the distance from the value at the
 * begin of training ({@link Statistic#INITIAL_VALUE}). A dead weight stands at 0: it scores |w_0|.
 * The other form, {@code karnin}, is {@link WeightChangeKarnin}.
 *
 * <p>Source: M. Golub, G. Lemieux, M. Lis, "Full Deep Neural Network Training on a Pruned Weight
 * Budget" (DropBack), MLSys 2019, section 2: the accumulated gradient. DropBack sets the losers
 * back to w_0; the value of a pruned weight is no matter of the score. Shape plays no part.
 */
public enum WeightChange implements Criterion {
  /** The only one of this form. */
  INSTANCE;

  static final Parameter FORM =
      Parameter.choice(
          "form",
          "absolute",
          List.of("absolute", "karnin"),
          "absolute: |w - w_0|; karnin: loss per change, summed over the training");

  static Criterion read(Values values) {
    return values.text("form").equals("karnin") ? WeightChangeKarnin.INSTANCE : INSTANCE;
  }

  @Override
  public String type() {
    return "weight-change";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("form", "absolute");
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.INITIAL_VALUE);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers initial = tensor.numbers(Statistic.INITIAL_VALUE);
    return EachWeight.score(tensor, (at, out, in) -> Math.abs(values.at(at) - initial.at(at)));
  }
}
