package org.espalier.hw.workload;

/** The sizes of a layer. Machines that know only matrices take its {@link #gemm}. */
public sealed interface LayerShape permits Gemm, Convolution {

  /**
   * Returns the matrix product that computes the layer; for a convolution that of its lowered form
   * (im2col), one group of it.
   */
  Gemm gemm();

  /** Returns how many products of the size of {@link #gemm} make the layer: groups. */
  int products();

  /** Returns the rows of the matrix view of the weight: outputs. */
  int weightRows();

  /** Returns the columns of the matrix view of the weight: inputs of one output. */
  int weightColumns();

  /** Returns the rows of the activations as they are stored: inputs, or channels. */
  int activationRows();

  /** Returns the columns of the activations as they are stored: samples, or samples x pixels. */
  int activationColumns();

  /** Returns the multiply-adds of the dense layer. */
  default double denseMacs() {
    Gemm one = gemm();
    return (double) one.m() * one.k() * one.n() * products();
  }
}
