package org.espalier.sparse.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;

/**
 * Weights that share values, and their positions, Huffman coded: pruning, sharing and coding of one
 * tensor. With fillers, one of the 2^w codes is left for the filler's zero, so that the stage
 * before Huffman coding is a format with w bits a weight; in the coded stream a filler is a
 * position symbol and needs no weight.
 */
final class SharedRecord implements TensorRecord {

  private final Tensor tensor;
  private final RecordHeader header;
  private final CodeBits bits;
  private final Codebook codebook;
  private final long[] symbolCounts;
  private final long[] weightCounts;
  private final CanonicalCode symbolCode;
  private final CanonicalCode weightCode;

  private SharedRecord(Tensor tensor, CodeBits bits, Codebook codebook, long[] symbolCounts) {
    this.tensor = tensor;
    this.header = RecordHeader.of(RecordHeader.Kind.SHARED, tensor);
    this.bits = bits;
    this.codebook = codebook;
    this.symbolCounts = symbolCounts;
    this.weightCounts = new long[codebook.size()];
    for (float value : tensor.floats()) {
      if (value != 0f) {
        weightCounts[codebook.code(value)]++;
      }
    }
    this.symbolCode = CanonicalCode.ofCounts(symbolCounts);
    this.weightCode = CanonicalCode.ofCounts(weightCounts);
  }

  /**
   * Finds the shared values of a float32 tensor and counts what has to be coded.
   *
   * @param place file and tensor, for messages
   * @throws InvalidInputException if a weight is not finite
   */
  static SharedRecord of(Tensor tensor, CodeBits bits, Clustering clustering, String place) {
    float[] values = tensor.floats();
    requireFinite(values, place);
    int filler = RelativeIndex.filler(bits.indexBits());
    long[] counts = new long[filler + 1];
    RelativeIndex.walk(values, bits.indexBits(), (symbol, weight) -> counts[symbol]++);
    long nonZeros = Arrays.stream(counts).sum() - counts[filler];
    int clusters = (1 << bits.weightBits()) - (counts[filler] > 0 ? 1 : 0);
    Codebook codebook =
        Codebook.learn(nonZeros(values, Math.toIntExact(nonZeros)), clusters, clustering);
    return new SharedRecord(tensor, bits, codebook, counts);
  }

  @Override
  public RecordHeader header() {
    return header;
  }

  @Override
  public long payloadBytes() {
    long bytes = 2 + RecordOutput.varintBytes(nonZeros());
    if (nonZeros() == 0) {
      return bytes;
    }
    bytes += RecordOutput.varintBytes(codebook.size()) + codebookBytes();
    long stream =
        symbolCode.lengthsBits()
            + weightCode.lengthsBits()
            + symbolCode.bits(symbolCounts)
            + weightCode.bits(weightCounts);
    return bytes + wholeBytes(stream);
  }

  @Override
  public void writePayload(RecordOutput out) throws IOException {
    out.write(bits.weightBits());
    out.write(bits.indexBits());
    RecordOutput.writeVarint(nonZeros(), out);
    if (nonZeros() == 0) {
      return;
    }
    RecordOutput.writeVarint(codebook.size(), out);
    out.writeFloats(codebook.entries());
    BitWriter stream = new BitWriter(out);
    symbolCode.writeLengths(stream);
    weightCode.writeLengths(stream);
    int filler = RelativeIndex.filler(bits.indexBits());
    RelativeIndex.walk(
        tensor.floats(),
        bits.indexBits(),
        (symbol, weight) -> {
          symbolCode.write(symbol, stream);
          if (symbol != filler) {
            weightCode.write(codebook.code(weight), stream);
          }
        });
    stream.finish();
  }

  @Override
  public Tensor decoded() {
    float[] values = tensor.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == 0f ? 0f : codebook.entry(codebook.code(values[i]));
    }
    return Tensor.ofFloats(tensor.name(), tensor.shape(), values);
  }

  @Override
  public TensorCompression compression() {
    long entries = nonZeros() + fillers();
    // The filler's zero is one more value, for the stage that stores it with w bits.
    long table = codebookBytes() + (fillers() > 0 ? Float.BYTES : 0);
    long positions = wholeBytes(entries * bits.indexBits());
    StageBytes stages =
        new StageBytes(
            (long) tensor.elements() * Float.BYTES,
            entries * Float.BYTES + positions,
            wholeBytes(entries * bits.weightBits()) + positions + table,
            bytes());
    SharedCoding coding =
        new SharedCoding(
            bits,
            nonZeros(),
            fillers(),
            codebook.size(),
            weightCode.bits(weightCounts),
            symbolCode.bits(symbolCounts));
    return new TensorCompression(tensor.name(), tensor.elements(), stages, Optional.of(coding));
  }

  private long fillers() {
    return symbolCounts[symbolCounts.length - 1];
  }

  private long nonZeros() {
    return Arrays.stream(weightCounts).sum();
  }

  private long codebookBytes() {
    return (long) codebook.size() * Float.BYTES;
  }

  private static long wholeBytes(long bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  private static float[] nonZeros(float[] values, int count) {
    float[] nonZeros = new float[count];
    int next = 0;
    for (float value : values) {
      if (value != 0f) {
        nonZeros[next++] = value;
      }
    }
    return nonZeros;
  }

  private static void requireFinite(float[] values, String place) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            place,
            "finite weights",
            values[i] + " at index " + i,
            "train the model again with a lower learning rate, or repair the weight");
      }
    }
  }
}
