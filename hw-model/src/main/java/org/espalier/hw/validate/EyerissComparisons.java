package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.hw.arch.EyerissV2Pe;
import org.espalier.hw.arch.FormatBits;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.EyerissV2;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.kernel.ConvolutionShape;

/** What was published about Eyeriss v2's processing element and Eyeriss' compression. */
public final class EyerissComparisons {

  /** Cycles of L07, L13, L19, L21, L27 as masks give them, and as Sparseloop estimates them. */
  private static final double[] CYCLES = {1_702_140, 1_144_158, 1_457_458, 1_677_684, 775_316};

  private static final double[] PEER = {1_592_245, 1_114_139, 1_407_304, 1_610_668, 729_915};

  /** AlexNet's convolutions, from memory; Sparseloop's, derived from its statistics. */
  private static final double[] RATIOS = {1.2, 1.4, 1.7, 1.8, 1.9};

  private static final double[] PEER_RATIOS = {1.24, 1.36, 1.70, 1.87, 1.94};

  private static final double[] OUTPUT_DENSITY = {.378, .169, .303, .304, .1};

  private EyerissComparisons() {}

  /** Predicts every row. */
  public static List<Comparison> all() {
    return List.of(cycles(), compression());
  }

  private static Comparison cycles() {
    Machine machine = new EyerissV2(EyerissV2Pe.PUBLISHED);
    List<Row> rows = new ArrayList<>();
    List<Layer> layers = Workloads.named("eyeriss-v2-mobilenet").layers();
    for (int i = 0; i < CYCLES.length; i++) {
      Layer layer = layers.get(i);
      double ours = machine.cost(layer).time().cycles().orElseThrow();
      rows.add(
          new Row(
              layer.name(),
              CYCLES[i],
              ours,
              Role.HELD_OUT,
              "from two digits of density; exact from the masks, which are not public here"));
      rows.add(
          new Row(
              layer.name() + ", Sparseloop's uniform estimate",
              PEER[i],
              ours,
              Role.PEER,
              "the same formula: differs by rounding"));
    }
    return new Comparison(
        "Eyeriss v2 processing element, MobileNet 0.5, cycles",
        "Y. N. Wu et al., Sparseloop, MICRO 2022, validation of Eyeriss v2 (artifact)",
        "cycles",
        "Products of two non-zeros, one per cycle; uniform densities, nothing fitted. Uniform models"
            + " are low because channels with denser weights see denser activations.",
        rows);
  }

  /**
   * Eyeriss keeps runs of 5 bits and values of 16, three of them in a word of 64 bits: 64 / 3 bits
   * for an entry. Weights are not compressed.
   */
  private static Comparison compression() {
    List<Row> rows = new ArrayList<>();
    List<Layer> layers = Workloads.named("alexnet").layers();
    for (int i = 0; i < RATIOS.length; i++) {
      Layer layer = layers.get(i);
      double ours = ratio(layer, OUTPUT_DENSITY[i]);
      rows.add(
          new Row(
              layer.name(),
              RATIOS[i],
              ours,
              Role.HELD_OUT,
              "published figure from memory; reloads of inputs depend on a mapping not modelled"));
      rows.add(
          new Row(layer.name() + ", Sparseloop's estimate", PEER_RATIOS[i], ours, Role.PEER, ""));
    }
    return new Comparison(
        "Eyeriss, traffic to DRAM without / with run-length coding, AlexNet",
        "Y.-H. Chen et al., Eyeriss, ISSCC 2016; Y. N. Wu et al., Sparseloop, MICRO 2022",
        "ratio",
        "A check of the format, not of the machine: inputs and outputs of four images and the"
            + " weights are taken to move once.",
        rows);
  }

  private static double ratio(Layer layer, double outputDensity) {
    ConvolutionShape shape = ((Convolution) layer.shape()).shape();
    int images = 4;
    double weights = 16.0 * layer.weights().rows() * layer.weights().columns();
    double inputs = shape.inputLength();
    double outputs = shape.outputLength();
    double plain = weights + 16 * images * (inputs + outputs);
    double coded =
        weights
            + images
                * (coded(shape.inChannels(), inputs, layer.activations().density())
                    + coded(shape.outChannels(), outputs, outputDensity));
    return plain / coded;
  }

  private static double coded(int channels, double elements, double density) {
    double entryBits =
        FormatBits.parse("rle:5").bits(channels, (int) elements / channels, elements * density, 16);
    return entryBits / (16 + 5) * 64 / 3;
  }
}
