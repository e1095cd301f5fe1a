package org.espalier.pruning.structured.reconstruction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.espalier.pruning.core.reconstruction.ChannelChoice;
import org.espalier.pruning.core.reconstruction.LinearConsumer;
import org.espalier.pruning.core.reconstruction.Refit;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/**
 * Chooses channels of one group by what the layers that read them lose on samples, lets them go and
 * refits those layers.
 *
 * <ul>
 *   <li>ThiNet (Luo, Wu, Lin, ICCV 2017): {@code GreedyLoss}, {@code ChannelScales}, all at once.
 *   <li>Channel pruning (He, Zhang, Sun, ICCV 2017): {@code LassoChoice}, {@code LeastSquares}, all
 *       at once.
 *   <li>Iterative pruning (Castellano, Fanelli, Pelillo, 1997): {@code GreedyLoss}, {@code
 *       ConjugateGradients}, one at a time.
 * </ul>
 *
 * @param group whose channels go
 * @param count how many
 * @param step how many are chosen before the weights are refitted, at least 1
 * @param samples on which activations are measured
 * @param choice which go
 * @param refit how weights change
 */
public record Reducing(
    ChannelGroup group, int count, int step, Samples samples, ChannelChoice choice, Refit refit)
    implements Reconstruction {

  /** Refuses numbers out of their ranges. */
  public Reducing {
    if (count < 1 || count >= group.size() || step < 1) {
      throw new InvalidInputException(
          "group " + group.name(),
          "1 to " + (group.size() - 1) + " channels to go, in steps of at least 1",
          count + ", in steps of " + step,
          "leave at least one channel");
    }
  }

  @Override
  public Reconstructed apply(StructuredNetwork network) {
    Watch watch = new Watch();
    List<Fit> fits = new ArrayList<>();
    for (Consumer consumer : new Consumers(network).of(group)) {
      Fit fit = new Fit(consumer, watch.add(consumer, new PatchReader(consumer, samples)));
      fit.add(consumer, new BitSet());
      fits.add(fit);
    }
    watch.run(network, samples);
    Edits edits = new Edits(network);
    BitSet candidates = new BitSet();
    candidates.set(0, group.size());
    Selection selection = Selection.empty();
    for (int left = count; left > 0; left -= step) {
      List<LinearConsumer> now = fits.stream().map(fit -> fit.linear(edits)).toList();
      BitSet chosen = choice.choose(now, candidates, Math.min(step, left));
      candidates.andNot(chosen);
      selection = selection.with(group, chosen.stream().toArray());
      for (Fit fit : fits) {
        fit.remove(chosen);
        fit.refit(refit, edits);
      }
    }
    return edits.without(selection);
  }
}
