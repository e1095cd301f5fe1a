package org.espalier.sparse.format;

import java.util.Arrays;

/** Collects entries with relative indices, and breaks runs that are too long with padding. */
final class RunWriter {

  private final int bits;
  private final int longest;
  private int[] runs;
  private float[] values;
  private int size;
  private int previous;

  /**
   * @param bits of a run
   * @param expected entries, a hint
   */
  RunWriter(int bits, int expected) {
    this.bits = bits;
    this.longest = (1 << bits) - 1;
    this.runs = new int[expected];
    this.values = new float[expected];
  }

  int size() {
    return size;
  }

  void startColumn() {
    previous = -1;
  }

  /** Adds an entry of the current column, below the one before. */
  void write(int row, float value) {
    int run = row - previous - 1;
    for (; run > longest; run -= longest + 1) {
      add(longest, 0f);
    }
    add(run, value);
    previous = row;
  }

  private void add(int run, float value) {
    if (size == runs.length) {
      int more = Math.addExact(size, Math.max(16, size / 4));
      runs = Arrays.copyOf(runs, more);
      values = Arrays.copyOf(values, more);
    }
    runs[size] = run;
    values[size++] = value;
  }

  PackedIndices runs() {
    return PackedIndices.of(bits, Arrays.copyOf(runs, size));
  }

  float[] values() {
    return Arrays.copyOf(values, size);
  }
}
