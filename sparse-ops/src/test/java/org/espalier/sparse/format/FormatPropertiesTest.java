package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** What holds for every format on every matrix: ragged, empty, full, of one element, of none. */
class FormatPropertiesTest {

  /** From empty to full, both included. */
  private static double sparsity(long seed) {
    return Math.floorMod(seed, 6) / 5.0;
  }

  @Property(tries = 250, seed = "11")
  void roundTripsBitByBit(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int rows,
      @ForAll @IntRange(min = 0, max = 40) int columns) {
    float[] dense = AllFormats.dense(seed, rows, columns, sparsity(seed));
    float[] expected = dense.clone();
    int count = 0;
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] == 0f) {
        expected[i] = 0f; // -0 is not stored
      } else {
        count++;
      }
    }
    List<SparseMatrix> again = AllFormats.of(dense, rows, columns);
    for (SparseMatrix matrix : AllFormats.of(dense, rows, columns)) {
      matrix.validate();
      assertArrayEquals(
          AllFormats.bits(expected), AllFormats.bits(matrix.toDense()), matrix.toString());
      assertEquals(rows, matrix.rows(), matrix.toString());
      assertEquals(columns, matrix.columns(), matrix.toString());
      assertEquals(count, matrix.nonZeros(), matrix.toString());
      assertEquals(Csr.ofDense(dense, rows, columns), matrix.toCsr(), matrix.toString());
      assertTrue(again.contains(matrix), matrix.toString());
      assertEquals(
          matrix.hashCode(), again.get(again.indexOf(matrix)).hashCode(), matrix.toString());
    }
  }

  @Property(tries = 250, seed = "12")
  void keepsExactlyWhatTheMaskKeeps(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns) {
    float[] dense = AllFormats.dense(seed, rows, columns, 0.5);
    for (int i = 0; i < dense.length; i += 3) {
      dense[i] = -0f;
    }
    Mask mask = AllFormats.mask(seed + 1, rows, columns, sparsity(seed));
    float[] expected = dense.clone();
    mask.applyTo(expected);
    for (SparseMatrix matrix : AllFormats.of(dense, mask, rows, columns)) {
      matrix.validate();
      assertArrayEquals(
          AllFormats.bits(expected), AllFormats.bits(matrix.toDense()), matrix.toString());
    }
    assertEquals(mask.keptCount(), Csc.ofDense(dense, mask, rows, columns).nonZeros());
    assertEquals(mask.keptCount(), Coo.ofDense(dense, mask, rows, columns).nonZeros());
    assertEquals(mask.keptCount(), Bitmask.ofDense(dense, mask, rows, columns).nonZeros());
  }

  @Property(tries = 250, seed = "13")
  void transposesAreThoseOfTheDenseMatrix(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int rows,
      @ForAll @IntRange(min = 0, max = 40) int columns) {
    float[] dense = AllFormats.dense(seed, rows, columns, sparsity(seed));
    float[] turned = AllFormats.transposed(dense, rows, columns);
    Csr csr = Csr.ofDense(dense, rows, columns);
    Csc csc = Csc.ofDense(dense, rows, columns);
    Bsr bsr = Bsr.ofDense(dense, rows, columns, new BlockShape(2, 3));
    assertEquals(Csc.ofDense(turned, columns, rows), csr.transpose());
    assertEquals(Csr.ofDense(turned, columns, rows), csc.transpose());
    assertEquals(csc, csr.toCsc());
    assertEquals(csr, csc.toCsr());
    assertEquals(csr, csr.toCoo().toCsr());
    assertEquals(Coo.ofDense(turned, columns, rows), csr.toCoo().transpose());
    assertEquals(Bsr.ofDense(turned, columns, rows, new BlockShape(3, 2)), bsr.transpose());
    Bitmask bitmask = Bitmask.ofDense(dense, rows, columns);
    assertEquals(Bitmask.ofDense(turned, columns, rows), bitmask.transpose());
    assertEquals(csr, bitmask.toCsr());
    assertArrayEquals(csr.rowPointers(), bitmask.rowStarts());
  }

  @Property(tries = 300, seed = "14", edgeCases = EdgeCasesMode.NONE)
  void packsEveryRatioThatHolds(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 20) int rows,
      @ForAll @IntRange(min = 0, max = 40) int columns,
      @ForAll @IntRange(min = 1, max = 17) int group) {
    int keep = 1 + (int) Math.floorMod(seed, (long) group);
    float[] dense = AllFormats.dense(seed, rows, columns, 0.1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      for (int left = 0; left < columns; left += group) {
        // Clears all but some of each group, at places of chance.
        int[] order =
            random.ints(0, 1 << 20).distinct().limit(Math.min(group, columns - left)).toArray();
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = keep; i < order.length; i++) {
          dense[row * columns + left + Arrays.binarySearch(sorted, order[i])] = 0f;
        }
      }
    }
    NmPacked packed = NmPacked.ofDense(dense, rows, columns, keep, group);
    packed.validate();
    assertEquals(
        packed,
        NmPacked.of(rows, columns, keep, group, packed.positions(), packed.values().clone()));
    Csr csr = Csr.ofDense(dense, rows, columns);
    assertArrayEquals(AllFormats.bits(csr.toDense()), AllFormats.bits(packed.toDense()));
    assertEquals(csr.nonZeros(), packed.nonZeros());
    int groups = (columns + group - 1) / group;
    assertEquals(rows * groups * keep, packed.footprint().values());
    int bits = 0;
    while (1 << bits < group) {
      bits++;
    }
    assertEquals((long) rows * groups * keep * bits, packed.metadataBits());
  }

  @Test
  void matricesThatDifferAreNotEqual() {
    float[] dense = AllFormats.dense(5, 6, 10, 0.5);
    float[] other = dense.clone();
    other[17] = dense[17] == 0f ? 1f : 0f;
    List<SparseMatrix> formats = AllFormats.of(dense, 6, 10);
    List<SparseMatrix> others = AllFormats.of(other, 6, 10);
    for (int i = 0; i < formats.size(); i++) {
      assertNotEquals(formats.get(i), others.get(i));
      for (int j = 0; j < formats.size(); j++) {
        assertEquals(i == j, formats.get(i).equals(formats.get(j)), formats.get(i).toString());
      }
    }
  }

  @Test
  void refuseWhatDoesNotFit() {
    float[] dense = new float[6];
    Mask mask = Mask.dense(5);
    assertThrows(IllegalArgumentException.class, () -> AllFormats.of(dense, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> AllFormats.of(dense, -2, -3));
    assertThrows(IllegalArgumentException.class, () -> Bitmask.ofDense(dense, mask, 2, 3));
    for (SparseMatrix matrix : AllFormats.of(dense, 2, 3)) {
      assertThrows(IllegalArgumentException.class, () -> matrix.bytes(0), matrix.toString());
    }
    int many = Integer.MAX_VALUE - 1;
    List<SparseMatrix> huge =
        List.of(
            Coo.of(many, many, new int[0], new int[0], new float[0]),
            Csc.of(many, 2, new int[3], new int[0], new float[0]),
            Bsr.of(2, many, new BlockShape(2, 2), new int[2], new int[0], new float[0]),
            RelativeIndexCsc.of(many, 2, 1, new int[3], PackedIndices.of(4), new float[0]));
    for (SparseMatrix matrix : huge) {
      assertThrows(IllegalStateException.class, matrix::toDense, matrix.toString());
    }
  }
}
