package org.espalier.sparse.codec;

/**
 * What was coded of a tensor whose weights share values.
 *
 * @param bits of weights and positions before Huffman coding
 * @param nonZeros weights
 * @param fillers zeros that bridge gaps
 * @param codebookEntries shared values, the filler's zero not counted
 * @param weightBits of all weights, Huffman coded
 * @param indexBits of all positions, fillers included, Huffman coded
 */
public record SharedCoding(
    CodeBits bits,
    long nonZeros,
    long fillers,
    int codebookEntries,
    long weightBits,
    long indexBits) {

  /** Returns the average bits of a Huffman coded weight; NaN if there is none. */
  public double bitsPerWeight() {
    return (double) weightBits / nonZeros;
  }

  /** Returns the average bits of a Huffman coded position, fillers counted; NaN if none. */
  public double bitsPerIndex() {
    return (double) indexBits / (nonZeros + fillers);
  }
}
