package org.espalier.hw.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.TileCounts;

/**
 * {@link ScnnSteps} as density models let expect them. Counts of weights and of tiles are
 * independent, so that a mean is the product of expected steps; the slowest of the elements with
 * most work is taken as the largest of as many normal variables.
 */
public final class ScnnExpectation {

  private final Layer layer;
  private final ScnnChip chip;
  private final PlanarTiles tiles;
  private final int groups;
  private final int channels;
  private final Map<Integer, TileCounts> ofPixels = new HashMap<>();

  private ScnnExpectation(Layer layer, ScnnChip chip) {
    this.layer = layer;
    this.chip = chip;
    this.tiles = new PlanarTiles(layer.shape(), chip);
    this.groups = ScnnSteps.groups(layer);
    this.channels = layer.shape().activationRows() / groups;
  }

  /** Returns the expected steps of a layer. */
  public static ScnnSteps expect(Layer layer, ScnnChip chip) {
    return new ScnnExpectation(layer, chip).steps();
  }

  private ScnnSteps steps() {
    int outputs = layer.shape().weightRows() / groups;
    double[] ofElement = new double[chip.elements()];
    double barriers =
        outputs
            / tiles.outputGroup()
            * groups
            * barriers(tiles.outputGroup(), outputs / tiles.outputGroup() * groups, ofElement);
    int rest = outputs % tiles.outputGroup();
    if (rest > 0) {
      barriers += groups * barriers(rest, groups, ofElement);
    }
    return new ScnnSteps(
        barriers, Arrays.stream(ofElement).sum(), Arrays.stream(ofElement).max().orElseThrow());
  }

  /** Returns the slowest elements' steps on a group of outputs, summed over passes. */
  private double barriers(int rows, int times, double[] ofElement) {
    TileCounts[] weights = new TileCounts[tiles.phases().count()];
    for (int phase = 0; phase < weights.length; phase++) {
      int taps = tiles.phases().taps(phase);
      weights[phase] =
          taps == 0
              ? TileCounts.always(0)
              : ArraySteps.lots(layer.weights().tiles(rows, taps), chip.weightLanes());
    }
    double barriers = 0;
    for (int pass = 0; pass < tiles.passes(); pass++) {
      double[] mean = new double[chip.elements()];
      double[] variance = new double[chip.elements()];
      for (int element = 0; element < chip.elements(); element++) {
        for (int phase = 0; phase < weights.length; phase++) {
          TileCounts steps = activations(tiles.pixels(pass, element, phase));
          double lots = weights[phase].mean();
          mean[element] += channels * lots * steps.mean();
          variance[element] +=
              channels * (lots * lots + weights[phase].variance()) * steps.variance();
        }
        ofElement[element] += times * mean[element];
      }
      barriers += ArrayExpectation.slowest(mean, variance);
    }
    return barriers;
  }

  private TileCounts activations(int pixels) {
    if (pixels == 0) {
      return TileCounts.always(0);
    }
    return ofPixels.computeIfAbsent(
        pixels,
        size -> ArraySteps.lots(layer.activations().tiles(1, size), chip.activationLanes()));
  }
}
