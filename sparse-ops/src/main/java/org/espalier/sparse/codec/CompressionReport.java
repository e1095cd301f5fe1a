package org.espalier.sparse.codec;

import java.util.List;
import java.util.Locale;

/**
 * How small a model became, as the tables of Deep Compression say it: per tensor, and in total.
 *
 * @param tensors in the order of the file
 * @param fileBytes the size of the file
 */
public record CompressionReport(List<TensorCompression> tensors, long fileBytes) {

  /** Copies the list. */
  public CompressionReport {
    tensors = List.copyOf(tensors);
  }

  /** Returns the sizes of all tensors together; the last stage is the size of the file. */
  public StageBytes total() {
    StageBytes sum = StageBytes.NONE;
    for (TensorCompression tensor : tensors) {
      sum = sum.plus(tensor.bytes());
    }
    return new StageBytes(sum.dense(), sum.pruned(), sum.shared(), fileBytes);
  }

  /**
   * Returns the sizes of the tensors that share values, which is what the paper's tables list:
   * biases are left out.
   */
  public StageBytes sharedTotal() {
    StageBytes sum = StageBytes.NONE;
    for (TensorCompression tensor : tensors) {
      sum = tensor.coding().isPresent() ? sum.plus(tensor.bytes()) : sum;
    }
    return sum;
  }

  /** Returns a table: a line per tensor and one for the file, bytes and rates in per cent. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append("tensor  dense bytes  pruned %  P+Q %  P+Q+H %  bits/weight  bits/index\n");
    for (TensorCompression tensor : tensors) {
      text.append(rates(tensor.name(), tensor.bytes()));
      tensor
          .coding()
          .filter(coding -> coding.nonZeros() > 0)
          .ifPresent(
              coding ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "  %.2f  %.2f",
                          coding.bitsPerWeight(),
                          coding.bitsPerIndex())));
      text.append('\n');
    }
    return text.append(rates("total", total())).append('\n').toString();
  }

  private static String rates(String name, StageBytes bytes) {
    return String.format(
        Locale.ROOT,
        "%s  %d  %.2f  %.2f  %.2f",
        name,
        bytes.dense(),
        bytes.prunedRate(),
        bytes.sharedRate(),
        bytes.codedRate());
  }
}
