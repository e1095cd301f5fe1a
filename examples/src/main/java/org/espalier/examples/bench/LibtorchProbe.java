package org.espalier.examples.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.SplittableRandom;
import org.espalier.hw.cpu.DenseProbe;

/**
 * Dense products of libtorch as {@code espalier bench} times them: operands in its own memory, the
 * result closed each time.
 */
public final class LibtorchProbe implements DenseProbe {

  private static final String ENGINE = "PyTorch";

  @Override
  public String library() {
    return "libtorch " + Engine.getEngine(ENGINE).getVersion();
  }

  @Override
  public Product prepare(int m, int k, int n, int threads) {
    NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
    int threadsBefore = JniUtils.getNumThreads();
    JniUtils.setNumThreads(threads);
    NDArray w = uniform(manager, m, k);
    NDArray x = uniform(manager, k, n);
    return new Product() {
      @Override
      public void run() {
        w.matMul(x).close();
      }

      @Override
      public void close() {
        manager.close();
        JniUtils.setNumThreads(threadsBefore);
      }
    };
  }

  /** An array made from Java memory lives in a Java buffer: the copy is libtorch's own. */
  private static NDArray uniform(NDManager manager, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble() - 0.5f;
    }
    try (NDArray buffer = manager.create(values, new Shape(rows, columns))) {
      return buffer.duplicate();
    }
  }
}
