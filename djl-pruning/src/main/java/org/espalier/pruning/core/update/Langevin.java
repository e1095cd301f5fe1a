package org.espalier.pruning.core.update;

import java.util.Map;
import org.espalier.pruning.core.criterion.Random;
import org.espalier.sparse.InvalidInputException;

/**
 * The update of DEEP R: a random walk of the weights that never changes their sign. After the
 * optimizer's update, of a living weight w becomes w + √(2 rate T) ν, with ν normally distributed;
 * where that has not the sign of the weight's initial value, it becomes 0. With plain Sgd and the
 * regularizer {@code l1} of strength α the whole step is -rate g - rate α sgn(w) + √(2 rate T) ν.
 * The lifecycle {@code deep-r} lets weights that are 0 die and random ones grow.
 *
 * <p>A weight of initial value 0 has no sign and is not held to one. In the paper θ = |w| goes on
 * below 0 for the moment in which the connection is dropped; here it stops at 0 and is dropped by
 * the next decision, unless the next steps bring it back.
 *
 * <p>ν_i = Φ^-1(u_i + 2^-54), where u_i is number i of {@link Random#draws} for the seed xor
 * mix((step + 1) 0x9e3779b97f4a7c15) and the name path + "/langevin": the same run, the same bits.
 *
 * <p>Source: G. Bellec, D. Kappel, W. Maass, R. Legenstein, "Deep Rewiring: Training very sparse
 * deep networks", ICLR 2018, algorithm 1 and equation 1 (numbers from memory). Shapes and patterns
 * play no part.
 *
 * @param temperature T, at least 0
 */
public record Langevin(double temperature) implements UpdateRule {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Refuses a negative temperature. */
  public Langevin {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "temperature",
          "a number of at least 0",
          Double.toString(temperature),
          "0 leaves the noise out");
    }
  }

  @Override
  public String type() {
    return "langevin";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("temperature", temperature);
  }

  @Override
  public boolean editsWeights() {
    return true;
  }

  @Override
  public boolean needsInitialValues() {
    return true;
  }

  @Override
  public void editWeights(StepTensor tensor, StepContext step) {
    float[] weights = tensor.weights();
    double scale = Math.sqrt(2 * tensor.learningRate() * temperature);
    double[] uniform = scale > 0 ? draws(tensor, step) : new double[0];
    for (int i = 0; i < weights.length; i++) {
      if (tensor.mask().isKept(i)) {
        float moved = weights[i];
        if (scale > 0) {
          moved += (float) (scale * Normal.quantile(uniform[i] + 0x1p-54));
        }
        weights[i] = moved * Math.signum(tensor.initial()[i]) < 0 ? 0 : moved;
      }
    }
  }

  private static double[] draws(StepTensor tensor, StepContext step) {
    long moment = Random.mix((step.time().step() + 1) * GOLDEN);
    return Random.draws(
        step.seed() ^ moment, tensor.info().name() + "/langevin", tensor.weights().length);
  }
}
