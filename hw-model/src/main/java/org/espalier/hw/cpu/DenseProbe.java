package org.espalier.hw.cpu;

/** Dense products of the native library that sparse kernels compete with, to be timed. */
public interface DenseProbe {

  /** Returns the library and its version, such as {@code libtorch 2.7.1}. */
  String library();

  /**
   * Makes operands of Y[m x n] = W[m x k] X[k x n].
   *
   * @param threads that the library may use while the product runs
   */
  Product prepare(int m, int k, int n, int threads);

  /** A product whose operands are ready. */
  interface Product extends AutoCloseable {

    /** Computes once, and lets go of the result. */
    void run();

    @Override
    void close();
  }
}
