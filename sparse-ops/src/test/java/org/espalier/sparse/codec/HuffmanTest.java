package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class HuffmanTest {

  private static byte[] written(CanonicalCode code, int... symbols) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BitWriter out = new BitWriter(bytes);
    code.writeLengths(out);
    for (int symbol : symbols) {
      code.write(symbol, out);
    }
    out.finish();
    return bytes.toByteArray();
  }

  private static String bits(CanonicalCode code, int symbol) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BitWriter out = new BitWriter(bytes);
    code.write(symbol, out);
    out.finish();
    StringBuilder text = new StringBuilder();
    for (byte next : bytes.toByteArray()) {
      text.append(Integer.toBinaryString(next & 0xFF | 0x100).substring(1));
    }
    return text.substring(0, code.bits(symbol));
  }

  /** The least number of bits over all lengths that Kraft's inequality allows. */
  private static long least(long[] counts, int symbol, double room) {
    if (symbol == counts.length) {
      return 0;
    }
    long best = Long.MAX_VALUE / 2;
    for (int length = 1; length < counts.length; length++) {
      double left = room - Math.pow(2, -length);
      if (left >= 0) {
        best = Math.min(best, counts[symbol] * length + least(counts, symbol + 1, left));
      }
    }
    return best;
  }

  @Test
  void theExampleOfTheTextbook() {
    // Cormen et al., "Introduction to Algorithms", section 16.3: 224 000 bits for 100 000 letters.
    long[] counts = {45, 13, 12, 16, 9, 5};
    assertArrayEquals(new int[] {1, 3, 3, 3, 4, 4}, HuffmanLengths.of(counts));
    assertEquals(224, CanonicalCode.ofCounts(counts).bits(counts));
  }

  @Test
  void theCanonicalExampleOfRfc1951() throws IOException {
    // Section 3.2.2: lengths (3, 3, 3, 3, 3, 2, 4, 4) for A to H.
    CanonicalCode code = new CanonicalCode(new int[] {3, 3, 3, 3, 3, 2, 4, 4});
    String[] expected = {"010", "011", "100", "101", "110", "00", "1110", "1111"};
    for (int symbol = 0; symbol < 8; symbol++) {
      assertEquals(expected[symbol], bits(code, symbol));
    }
  }

  @Test
  void aLoneSymbolTakesNoBits() throws IOException {
    CanonicalCode code = CanonicalCode.ofCounts(new long[] {0, 0, 1_000_000});
    assertEquals(0, code.bits(2));
    assertEquals(0, code.bits(new long[] {0, 0, 1_000_000}));
    // 13 bits: 3 symbols; 6 bits: longest 1; lengths 0 0 1.
    byte[] bytes = written(code, 2, 2, 2);
    assertArrayEquals(new byte[] {0, 0b00011000, 0b00100100}, bytes);
    RecordFiles.read(
        bytes,
        in -> {
          BitReader bits = new BitReader(in);
          CanonicalCode back = CanonicalCode.read(bits, 3);
          for (int i = 0; i < 1000; i++) {
            assertEquals(2, back.read(bits));
          }
          return null;
        });
  }

  @Test
  void theLongestCodesThatATensorCanNeed() throws IOException {
    // Fibonacci counts make the deepest tree; their sum stays below 2^31 up to 44 symbols.
    long[] counts = new long[44];
    counts[0] = 1;
    counts[1] = 1;
    for (int i = 2; i < counts.length; i++) {
      counts[i] = counts[i - 1] + counts[i - 2];
    }
    assertTrue(Arrays.stream(counts).sum() < 1L << 31);
    int[] lengths = HuffmanLengths.of(counts);
    assertEquals(43, lengths[0]);
    int[] symbols = {0, 1, 43, 42, 2, 0, 43, 20, 1};
    CanonicalCode code = new CanonicalCode(lengths);
    assertReadsBack(code, symbols);
  }

  @Test
  void lengthsThatAreNoCode() {
    for (int[] lengths :
        new int[][] {{1, 1, 1}, {1, 2}, {2}, {0, 3, 3}, {-1, 1}, {49, 1}, {1, 2, 3, 3, 3}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new CanonicalCode(lengths),
          () -> Arrays.toString(lengths));
    }
  }

  @Test
  void storedLengthsThatDoNotHold() throws IOException {
    // Size (13 bits), longest (6 bits), lengths in as few bits as the longest takes.
    for (String stored :
        List.of(
            "0000000000000" + "000001", // no symbols
            "0000000000101" + "000001" + "11111", // five, where four are allowed
            "0000000000010" + "000000", // nothing has a length
            "0000000000010" + "110001" + "000001000001", // longer than 48
            "0000000000010" + "000001" + "10", // the last one does not occur
            "0000000000011" + "000010" + "010101", // 1 1 1: too many
            "0000000000010" + "000010" + "0110", // 1 2: room is left
            "0000000000010" + "000010" + "0101", // the longest is 1, not 2
            "0000000000010" + "000001")) { // the end
      byte[] bytes = new byte[(stored.length() + 7) / 8];
      for (int i = 0; i < stored.length(); i++) {
        bytes[i / 8] |= (byte) ((stored.charAt(i) - '0') << 7 - i % 8);
      }
      assertThrows(
          InvalidInputException.class,
          () -> RecordFiles.read(bytes, in -> CanonicalCode.read(new BitReader(in), 4)),
          stored);
    }
  }

  @Property(tries = 200, seed = "6")
  void withinOneBitOfTheEntropy(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[1 + random.nextInt(300)];
    double skew = 1 + 5 * random.nextDouble();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) (Math.pow(random.nextDouble(), skew) * 10_000);
    }
    counts[random.nextInt(counts.length)]++;
    long total = Arrays.stream(counts).sum();
    double entropy = 0;
    for (long count : counts) {
      entropy -= count == 0 ? 0 : count * Math.log((double) count / total) / Math.log(2) / total;
    }
    double average = (double) CanonicalCode.ofCounts(counts).bits(counts) / total;
    assertTrue(entropy <= average + 1e-9 && average < entropy + 1, entropy + " " + average);
  }

  @Property(tries = 100, seed = "7")
  void noOtherLengthsAreBetter(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[2 + random.nextInt(5)];
    Arrays.setAll(counts, i -> 1 + random.nextInt(30));
    assertEquals(least(counts, 0, 1), CanonicalCode.ofCounts(counts).bits(counts));
  }

  @Property(tries = 100, seed = "8")
  void symbolsComeBackFromLengthsAlone(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int alphabet = 1 + random.nextInt(random.nextBoolean() ? 4 : 4097);
    int[] symbols = new int[1 + random.nextInt(3000)];
    long[] counts = new long[alphabet];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = (int) (alphabet * Math.pow(random.nextDouble(), 4));
      counts[symbols[i]]++;
    }
    CanonicalCode code = CanonicalCode.ofCounts(counts);
    long bits = code.lengthsBits() + code.bits(counts);
    assertEquals((bits + 7) / 8, written(code, symbols).length);
    assertReadsBack(code, symbols);
  }

  private static void assertReadsBack(CanonicalCode code, int... symbols) throws IOException {
    List<Integer> back = new ArrayList<>();
    RecordFiles.read(
        written(code, symbols),
        in -> {
          BitReader bits = new BitReader(in);
          CanonicalCode read = CanonicalCode.read(bits, code.size());
          for (int i = 0; i < symbols.length; i++) {
            back.add(read.read(bits));
          }
          bits.requireZerosToTheEnd();
          return null;
        });
    assertArrayEquals(symbols, back.stream().mapToInt(Integer::intValue).toArray());
  }
}
