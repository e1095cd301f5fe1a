package org.espalier.sparse.kernel;

/**
 * What a matrix is multiplied with. Each thread has one object that it fills anew for products of
 * its own, so that these allocate nothing; products in parts make one that the parts share.
 */
final class Operands {

  private float[] x;
  private int n;
  private float[] y;
  private Epilogue epilogue;

  /** Operands to be filled. */
  Operands() {}

  /**
   * Operands that stay as they are.
   *
   * @param x columns of the matrix x n
   * @param n columns of X and Y, at least 1
   * @param y rows of the matrix x n, overwritten
   * @param epilogue bias, residual and ReLU
   */
  Operands(float[] x, int n, float[] y, Epilogue epilogue) {
    set(x, n, y, epilogue);
  }

  /** Fills the operands, and returns them. */
  Operands set(float[] newX, int newN, float[] newY, Epilogue newEpilogue) {
    this.x = newX;
    this.n = newN;
    this.y = newY;
    this.epilogue = newEpilogue;
    return this;
  }

  /** Clears references to the caller's arrays. */
  void clear() {
    set(null, 0, null, null);
  }

  float[] x() {
    return x;
  }

  int n() {
    return n;
  }

  float[] y() {
    return y;
  }

  Epilogue epilogue() {
    return epilogue;
  }
}
