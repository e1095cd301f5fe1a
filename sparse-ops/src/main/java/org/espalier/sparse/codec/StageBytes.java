package org.espalier.sparse.codec;

/**
 * The bytes of a tensor, or of several, after each stage of Deep Compression. A rate is a size in
 * per cent of the dense one, as in the paper's tables.
 *
 * <p>Source: Han, Mao and Dally, ICLR 2016, tables 1 to 5.
 *
 * @param dense all values as float32 (uint8 tensors: as bytes)
 * @param pruned non-zeros and fillers as float32, with b-bit positions
 * @param shared P+Q: non-zeros and fillers in w bits, with b-bit positions, and the codebook
 * @param coded P+Q+Huffman as it stands in the file: codebook, code lengths, name, shape and
 *     checksum included
 */
public record StageBytes(long dense, long pruned, long shared, long coded) {

  /** No bytes. */
  public static final StageBytes NONE = new StageBytes(0, 0, 0, 0);

  /** Returns the sum, stage by stage. */
  public StageBytes plus(StageBytes other) {
    return new StageBytes(
        dense + other.dense, pruned + other.pruned, shared + other.shared, coded + other.coded);
  }

  /** Returns the size after pruning in per cent of the dense one; NaN if that is empty. */
  public double prunedRate() {
    return rate(pruned);
  }

  /** Returns the size after sharing in per cent of the dense one; NaN if that is empty. */
  public double sharedRate() {
    return rate(shared);
  }

  /** Returns the size in the file in per cent of the dense one; NaN if that is empty. */
  public double codedRate() {
    return rate(coded);
  }

  /** Returns how many times smaller than dense the file is: 100 / {@link #codedRate()}. */
  public double factor() {
    return (double) dense / coded;
  }

  private double rate(long bytes) {
    return 100.0 * bytes / dense;
  }
}
