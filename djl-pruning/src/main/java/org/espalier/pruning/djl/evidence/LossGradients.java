package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;

/**
 * First derivatives of the loss, at the weights times their masks. They are dense: also a pruned
 * weight has one, that of growing it.
 *
 * <ul>
 *   <li>{@link Statistic#GRADIENT}: Σ_b ∂L_b/∂w, L_b the loss of batch b as the training computes
 *       it (a mean over the batch for most of DJL's losses);
 *   <li>{@link Statistic#GRADIENT_ABS}: Σ_b |∂L_b/∂w|;
 *   <li>{@link Statistic#GRADIENT_SQUARE}: 1/N Σ_e (∂L_e/∂w)², L_e the loss of example e alone, N
 *       examples in all batches: the diagonal of the empirical Fisher information (Theis,
 *       Korshunova, Tejani, Huszár, "Faster gaze prediction with dense networks and Fisher
 *       pruning", 2018, without its factor ½);
 *   <li>{@link Statistic#GRADIENT_SAMPLES}: ∂L_e/∂w, row e for example e, in the order of the
 *       batches.
 * </ul>
 *
 * <p>For the first two, batch norms normalize by the statistics of the batch, as in training. A
 * single example has none, so for the last two they use their running statistics. Dropout does not
 * drop, and weight decay that a loss adds is not part of the derivative. Single precision, like the
 * training; sums over batches and examples in double.
 */
public final class LossGradients implements Collector {

  private static final Set<Statistic> PER_BATCH =
      EnumSet.of(Statistic.GRADIENT, Statistic.GRADIENT_ABS);
  private static final Set<Statistic> PER_EXAMPLE =
      EnumSet.of(Statistic.GRADIENT_SQUARE, Statistic.GRADIENT_SAMPLES);

  private final long sampleBytes;

  /** Makes a collector that refuses {@link Statistic#GRADIENT_SAMPLES} above 1 GiB. */
  public LossGradients() {
    this(1L << 30);
  }

  /**
   * @param sampleBytes largest size of all rows of {@link Statistic#GRADIENT_SAMPLES} together, in
   *     bytes
   */
  public LossGradients(long sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  @Override
  public Set<Statistic> provides() {
    Set<Statistic> all = EnumSet.copyOf(PER_BATCH);
    all.addAll(PER_EXAMPLE);
    return all;
  }

  @Override
  public Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Requests.check(this, probe, wanted);
    Map<String, Map<Statistic, float[]>> results = new HashMap<>();
    try (NetworkCopy copy =
        new NetworkCopy(probe, paths, DataType.FLOAT32, MaskedCopies.Change.NONE)) {
      if (wanted.stream().anyMatch(PER_BATCH::contains)) {
        perBatch(copy, probe, wanted, results);
      }
      if (wanted.stream().anyMatch(PER_EXAMPLE::contains)) {
        perExample(copy, probe, wanted, results);
      }
    }
    return results;
  }

  private static void perBatch(
      NetworkCopy copy,
      Probe probe,
      Set<Statistic> wanted,
      Map<String, Map<Statistic, float[]>> results) {
    double[][] sum = copy.zeros();
    double[][] sumOfAbs = copy.zeros();
    for (Objective loss : BatchLoss.ofEach(probe, DataType.FLOAT32, true, 1)) {
      double[][] gradient = copy.gradient(loss);
      Vectors.add(sum, 1, gradient);
      Vectors.addAbs(sumOfAbs, gradient);
    }
    if (wanted.contains(Statistic.GRADIENT)) {
      Vectors.put(results, Statistic.GRADIENT, copy.paths(), sum, 1);
    }
    if (wanted.contains(Statistic.GRADIENT_ABS)) {
      Vectors.put(results, Statistic.GRADIENT_ABS, copy.paths(), sumOfAbs, 1);
    }
  }

  private void perExample(
      NetworkCopy copy,
      Probe probe,
      Set<Statistic> wanted,
      Map<String, Map<Statistic, float[]>> results) {
    double[][] squares = copy.zeros();
    int examples = Math.toIntExact(Examples.count(probe));
    GradientRows rows =
        wanted.contains(Statistic.GRADIENT_SAMPLES)
            ? new GradientRows(copy.paths(), copy.zeros(), examples, sampleBytes)
            : null;
    for (Sample batch : probe.batches()) {
      try (NDManager manager = copy.newManager()) {
        for (Sample example : Examples.of(batch, manager)) {
          double[][] gradient =
              copy.gradient(new BatchLoss(probe.network(), probe.loss(), example, false));
          Vectors.addProduct(squares, 1, gradient, gradient);
          if (rows != null) {
            rows.add(gradient);
          }
        }
      }
    }
    if (wanted.contains(Statistic.GRADIENT_SQUARE)) {
      Vectors.put(results, Statistic.GRADIENT_SQUARE, copy.paths(), squares, 1.0 / examples);
    }
    if (rows != null) {
      rows.putInto(results);
    }
  }
}
