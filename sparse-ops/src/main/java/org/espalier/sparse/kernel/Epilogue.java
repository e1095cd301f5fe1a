package org.espalier.sparse.kernel;

/**
 * What happens to a sum before it is written: plus the bias of its row, plus the residual, then
 * max(., 0).
 *
 * @param bias one value per row of the whole matrix, or null for none
 * @param residual as many values as Y, in the same order, or null for none; not Y itself
 * @param relu whether negative results become 0 (NaN stays NaN)
 */
public record Epilogue(float[] bias, float[] residual, boolean relu) {

  /** Neither bias nor residual nor ReLU. */
  public static final Epilogue NONE = new Epilogue(null, null, false);

  /**
   * Bias and ReLU.
   *
   * @param bias one value per row of the whole matrix, or null for none
   * @param relu whether negative results become 0 (NaN stays NaN)
   */
  public Epilogue(float[] bias, boolean relu) {
    this(bias, null, relu);
  }

  /** Returns the bias of a row, 0 if there is none. */
  public float biasOf(int row) {
    return bias == null ? 0f : bias[row];
  }
}
