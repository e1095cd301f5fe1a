package org.espalier.hw.sim;

import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;

/**
 * How many columns of each batch have an input that is not zero.
 *
 * @param kinds of samples: for each of them the columns of each batch, exact or expected
 * @param samplesPerKind how many samples each of them stands for
 */
record ExpectedColumns(double[][] kinds, double samplesPerKind) {

  /** Returns the columns of a layer: sample by sample where a product's activations are known. */
  static ExpectedColumns of(Layer layer, QueueSetup setup) {
    int samples = layer.shape().gemm().n();
    if (layer.activations() instanceof Actual && !(layer.shape() instanceof Convolution)) {
      return new ExpectedColumns(counted(layer, setup), 1);
    }
    double density = layer.activations().density();
    if (layer.shape() instanceof Convolution convolution) {
      density *= inside(convolution.shape());
    }
    int columns = layer.shape().gemm().k();
    double[] batches = new double[QueueSetup.parts(columns, setup.columnsPerBatch())];
    for (int i = 0; i < batches.length; i++) {
      long first = (long) i * setup.columnsPerBatch();
      batches[i] = density * Math.min(columns - first, setup.columnsPerBatch());
    }
    return new ExpectedColumns(new double[][] {batches}, samples);
  }

  private static double[][] counted(Layer layer, QueueSetup setup) {
    ActiveColumns active = new ActiveColumns(layer, 0);
    int columns = layer.shape().gemm().k();
    int[] sent = new int[columns];
    double[][] kinds =
        new double[active.samples()][QueueSetup.parts(columns, setup.columnsPerBatch())];
    for (int sample = 0; sample < kinds.length; sample++) {
      for (int i = active.of(0, sample, sent) - 1; i >= 0; i--) {
        kinds[sample][sent[i] / setup.columnsPerBatch()]++;
      }
    }
    return kinds;
  }

  /** Returns which share of a convolution's taps falls into the image. */
  private static double inside(ConvolutionShape shape) {
    return inside(shape.vertical(), shape.inHeight(), shape.outHeight())
        * inside(shape.horizontal(), shape.inWidth(), shape.outWidth());
  }

  private static double inside(Window window, int size, int positions) {
    long inside = 0;
    for (int position = 0; position < positions; position++) {
      for (int tap = 0; tap < window.kernel(); tap++) {
        int at = position * window.stride() - window.padding() + tap * window.dilation();
        inside += at >= 0 && at < size ? 1 : 0;
      }
    }
    return (double) inside / positions / window.kernel();
  }

  /** Returns samples. */
  double samples() {
    return kinds.length * samplesPerKind;
  }

  /** Returns the batches of one sample. */
  int batches() {
    return kinds[0].length;
  }

  /** Returns all columns of all samples. */
  double total() {
    double total = 0;
    for (double[] kind : kinds) {
      for (double columns : kind) {
        total += columns;
      }
    }
    return total * samplesPerKind;
  }
}
