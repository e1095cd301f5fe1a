package org.espalier.tribuo.network;

/** Lays the pixels of all channels out as features, row-major. */
public record FlattenLayer() implements NetworkLayer {

  @Override
  public int[] outputShape(int[] input) {
    return new int[] {Shapes.size(input)};
  }

  @Override
  public LayerStep prepare(int[] input) {
    return (x, batch) -> x;
  }

  @Override
  public double[] strengths(double[] outputs, int[] input) {
    return outputs;
  }
}
