package org.espalier.hw.sim;

import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.TileCounts;

/**
 * One operand of outer products, cut into slices of at most {@code length} values with the same
 * reduction index: for each index, how many slices have how many non-zeros. Exact for an actual
 * mask, expected for a model.
 */
final class Slices {

  private final int reductions;
  private final double[][] histograms;

  /** One histogram per reduction index, or one for all. */
  private Slices(int reductions, double[][] histograms) {
    this.reductions = reductions;
    this.histograms = histograms;
  }

  /** Returns how many indices are reduced over: groups times inputs of a group. */
  int reductions() {
    return reductions;
  }

  /** Returns the slices of an index by their non-zeros, from 0 to length. */
  double[] at(int reduction) {
    return histograms[histograms.length == 1 ? 0 : reduction];
  }

  /** Returns whether all indices have the same histogram. */
  boolean alike() {
    return histograms.length == 1;
  }

  /** Returns the weights of a layer: a slice holds weights of consecutive outputs. */
  static Slices ofWeights(Layer layer, int length) {
    LayerShape shape = layer.shape();
    Gemm one = shape.gemm();
    int reductions = one.k() * shape.products();
    if (!(layer.weights() instanceof Actual actual)) {
      return expected(reductions, one.m(), length, size -> counts(layer.weights(), size, true));
    }
    Counter counter = new Counter(reductions, one.m(), length);
    actual.forEachNonZero(
        (row, column) -> counter.add(row / one.m() * one.k() + column, row % one.m()));
    return counter.slices();
  }

  /**
   * Returns the activations of a layer: a slice holds consecutive columns of the product; those of
   * a convolution are lowered (im2col), where padding counts as not zero.
   */
  static Slices ofActivations(Layer layer, int length) {
    LayerShape shape = layer.shape();
    Gemm one = shape.gemm();
    int reductions = one.k() * shape.products();
    if (!(layer.activations() instanceof Actual actual)) {
      return expected(
          reductions, one.n(), length, size -> counts(layer.activations(), size, false));
    }
    Counter counter = new Counter(reductions, one.n(), length);
    if (shape instanceof Convolution convolution) {
      new Lowering(convolution).forEachNonZero(actual, counter::add);
    } else {
      actual.forEachNonZero(counter::add);
    }
    return counter.slices();
  }

  private interface Model {
    TileCounts counts(int size);
  }

  private static Slices expected(int reductions, int width, int length, Model model) {
    double[] histogram = new double[length + 1];
    addTo(histogram, width / length, length, model);
    addTo(histogram, 1, width % length, model);
    return new Slices(reductions, new double[][] {histogram});
  }

  private static void addTo(double[] histogram, int slices, int size, Model model) {
    if (slices > 0 && size > 0) {
      TileCounts counts = model.counts(size);
      for (int x = 0; x <= counts.most(); x++) {
        histogram[x] += slices * counts.probability(x);
      }
    }
  }

  /** Returns the counts of a slice; one that is longer than the matrix takes several lines. */
  private static TileCounts counts(Occupancy matrix, int size, boolean alongRows) {
    int most = alongRows ? matrix.rows() : matrix.columns();
    int part = Math.min(size, most);
    TileCounts counts = alongRows ? matrix.tiles(part, 1) : matrix.tiles(1, part);
    return size > most ? counts.plus(counts(matrix, size - most, alongRows)) : counts;
  }

  /** Counts the non-zeros of each slice. */
  private static final class Counter {

    private final int length;
    private final int perReduction;
    private final int reductions;
    private final int[] counts;

    Counter(int reductions, int width, int length) {
      this.length = length;
      this.reductions = reductions;
      this.perReduction = (width + length - 1) / length;
      this.counts = new int[Math.multiplyExact(reductions, perReduction)];
    }

    void add(int reduction, int position) {
      counts[reduction * perReduction + position / length]++;
    }

    Slices slices() {
      double[][] histograms = new double[reductions][length + 1];
      for (int i = 0; i < counts.length; i++) {
        histograms[i / perReduction][counts[i]]++;
      }
      return new Slices(reductions, histograms);
    }
  }
}
