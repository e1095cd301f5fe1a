package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Collector;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Requests;

/**
 * Statistics of what layers read and return, over all batches of a probe, as {@link Capture} runs
 * them: as inference, on masked weights, outputs after their activation. Sums are in double
 * precision, on the host, in the order of the data; results are rounded to single precision once.
 *
 * <ul>
 *   <li>{@link Statistic#INPUT_NORM}: sqrt(sum of x²) of each input feature over all examples and
 *       positions, not divided by their number (Sun, Liu, Bair and Kolter, "A simple and effective
 *       pruning approach for large language models", 2024, equation 1). A linear layer's features
 *       are on the last axis, and all axes before it count as positions; a convolution's are the
 *       channels, each pixel counts once, padding never.
 *   <li>{@link Statistic#INPUT_VARIANCE}: population variance of the same values: mean of (x -
 *       mean)².
 *   <li>{@link Statistic#ZERO_FRACTION}: number of outputs that are exactly 0 (or -0), divided by
 *       the number of outputs of this feature (Hu, Peng, Tai and Tang, "Network trimming", 2016,
 *       equation 1).
 *   <li>{@link Statistic#ACTIVATION_TAYLOR}: (1/M) sum of a ∂L/∂a, with its sign, over the M =
 *       examples x positions of all batches; a is the output, L the loss of the batch that a
 *       belongs to as DJL evaluates it (a mean over its examples, for most losses) (Molchanov,
 *       Tyree, Karras, Aila and Kautz, "Pruning convolutional neural networks for resource
 *       efficient inference", 2017, equation 8, before the absolute value).
 * </ul>
 *
 * <p>Weights of linear layers and of convolutions have all of them, except that inputs of grouped
 * convolutions do not match axis 1 of their kernels. Of recurrent blocks, weights that multiply the
 * block's input have the first two; states are not seen. The rest is refused.
 */
public final class ActivationStatistics implements Collector {

  private static final Set<Statistic> INPUTS =
      Set.of(Statistic.INPUT_NORM, Statistic.INPUT_VARIANCE);

  private static final Set<Statistic> OUTPUTS =
      Set.of(Statistic.ZERO_FRACTION, Statistic.ACTIVATION_TAYLOR);

  @Override
  public Set<Statistic> provides() {
    Set<Statistic> all = EnumSet.copyOf(INPUTS);
    all.addAll(OUTPUTS);
    return all;
  }

  @Override
  public Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Requests.check(this, probe, wanted);
    Map<String, LayerFigures> figures = new LinkedHashMap<>();
    Layer.find(probe.network(), paths)
        .forEach((path, layer) -> figures.put(path, new LayerFigures(layer, wanted)));
    if (wanted.contains(Statistic.ACTIVATION_TAYLOR)) {
      Capture.backward(probe, figures);
    } else {
      Capture.forward(probe, figures);
    }
    Map<String, Map<Statistic, float[]>> results = new LinkedHashMap<>();
    figures.forEach((path, layer) -> results.put(path, layer.results()));
    return results;
  }

  /** The sums of one layer. */
  private static final class LayerFigures implements Observer {

    private final Layer layer;
    private final Set<Statistic> wanted;
    private final FeatureMoments moments;
    private final ZeroCounts zeros;
    private final ActivationGradients gradients;

    LayerFigures(Layer layer, Set<Statistic> wanted) {
      this.layer = layer;
      this.wanted = wanted;
      wanted.forEach(statistic -> requireHas(layer, statistic));
      moments = new FeatureMoments(layer.extent(1));
      zeros = new ZeroCounts(layer.extent(0));
      gradients = new ActivationGradients(layer.extent(0));
    }

    private static void requireHas(Layer layer, Statistic statistic) {
      boolean input = INPUTS.contains(statistic);
      if (input && layer.groups() > 1) {
        throw layer.refused(statistic.key(), "a convolution with 1 group", layer.groups() + "");
      }
      boolean has = layer.isLinear() || layer.isConvolution();
      if (!has && !(input && layer.readsRecurrentInput())) {
        throw layer.refused(
            statistic.key(),
            "the weight of a linear layer or a convolution",
            "'%s' of %s"
                .formatted(layer.weight().getName(), layer.block().getClass().getSimpleName()));
      }
    }

    @Override
    public void input(NDArray input) {
      if (wanted.contains(Statistic.INPUT_NORM) || wanted.contains(Statistic.INPUT_VARIANCE)) {
        moments.add(features(input));
      }
    }

    @Override
    public NDArray output(NDArray output) {
      boolean taylor = wanted.contains(Statistic.ACTIVATION_TAYLOR);
      if (!taylor && !wanted.contains(Statistic.ZERO_FRACTION)) {
        return output;
      }
      Features values = features(output);
      zeros.add(values);
      return taylor ? gradients.watch(output, values) : output;
    }

    @Override
    public void batchEnds() {
      gradients.collect();
    }

    private Features features(NDArray array) {
      return Features.of(array, layer.featureAxis(array.getShape().dimension()));
    }

    Map<Statistic, float[]> results() {
      Map<Statistic, float[]> results = new EnumMap<>(Statistic.class);
      for (Statistic statistic : wanted) {
        results.put(
            statistic,
            switch (statistic) {
              case INPUT_NORM -> moments.norms();
              case INPUT_VARIANCE -> moments.variances();
              case ZERO_FRACTION -> zeros.fractions();
              case ACTIVATION_TAYLOR -> gradients.means();
              default -> throw new IllegalArgumentException(statistic.key());
            });
      }
      return results;
    }
  }
}
