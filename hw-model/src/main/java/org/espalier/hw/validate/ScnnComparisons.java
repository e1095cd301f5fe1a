package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.machine.MachineOptions.Method;
import org.espalier.hw.machine.Scnn;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.kernel.ConvolutionShape;

/**
 * What was published about SCNN (A. Parashar et al., ISCA 2017). Its figures are relative to DCNN,
 * a dense accelerator with as many multipliers that shares planar tiles of the outputs alike. We
 * take DCNN to fill its multipliers but for the tiles: the element with the largest tile makes all
 * its products, 16 a cycle. That flatters DCNN.
 */
public final class ScnnComparisons {

  private static final String MEMORY = "published figure from memory";

  private static final Machine CHIP =
      Scnn.chip(ScnnChip.PUBLISHED, new MachineOptions(Method.ANALYTIC, 42));

  private ScnnComparisons() {}

  /** Predicts every row. */
  public static List<Comparison> all() {
    List<Layer> alexNet =
        Workloads.named("alexnet").layers().stream()
            .filter(layer -> layer.shape() instanceof Convolution)
            .toList();
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "AlexNet, conv1 to conv5",
            2.37,
            speedup(alexNet),
            Role.FITTED,
            MEMORY + "; how strides run was chosen with it in sight"));
    rows.add(
        new Row(
            "AlexNet, density 1 / 1",
            .79,
            speedup(at(alexNet, 1)),
            Role.HELD_OUT,
            MEMORY + ", for GoogLeNet"));
    rows.add(
        new Row(
            "AlexNet, density .85 / .85",
            1,
            speedup(at(alexNet, .85)),
            Role.HELD_OUT,
            MEMORY + ", for GoogLeNet: the break-even"));
    return List.of(
        new Comparison(
            "SCNN, speed-up over the dense DCNN",
            "A. Parashar et al., SCNN, ISCA 2017, section 6",
            "speed-up",
            "Expected steps of the 64 elements from the densities of the layers; DCNN idealised."
                + " Nothing fitted.",
            rows));
  }

  private static List<Layer> at(List<Layer> layers, double density) {
    return layers.stream()
        .map(
            layer ->
                layer
                    .withWeights(
                        Uniform.ofDensity(
                            layer.weights().rows(), layer.weights().columns(), density))
                    .withActivations(density))
        .toList();
  }

  private static double speedup(List<Layer> layers) {
    double dense = 0;
    double sparse = 0;
    for (Layer layer : layers) {
      dense += denseUs(layer);
      sparse += CHIP.cost(layer).time().us();
    }
    return dense / sparse;
  }

  private static double denseUs(Layer layer) {
    ScnnChip chip = ScnnChip.PUBLISHED;
    ConvolutionShape shape = ((Convolution) layer.shape()).shape();
    double positions =
        Math.ceil((double) shape.outHeight() / chip.elementRows())
            * Math.ceil((double) shape.outWidth() / chip.elementColumns());
    double products = positions * shape.outChannels() * shape.weightColumns();
    return products / chip.multipliers() / chip.clockMhz();
  }
}
