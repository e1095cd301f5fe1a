package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.hw.arch.Saturation;
import org.espalier.hw.arch.TensorCorePresets;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseTensorCoreTest {

  private static final SparseTensorCore A100 = new SparseTensorCore(TensorCorePresets.a100());

  private static Layer layer(int m, int k, int n, String pattern, double density) {
    return Layer.dense("fc", new Gemm(m, k, n))
        .withType(DataType.FP16)
        .withWeights(SparsityPattern.parse(pattern), density);
  }

  /** fixed + 2 4096^3 / rate, and one column: fixed + 2 (4096^2 + 8192) bytes at 2039 GB/s. */
  @Test
  void denseTimesAreRooflines() {
    Saturation dense = TensorCorePresets.a100().calibrations().get(DataType.FP16).dense();
    double large = A100.cost(layer(4096, 4096, 4096, "2:4", 0.5)).dense().us();
    assertEquals(dense.fixedUs() + 137438.953472 / dense.teraflops(), large, 1e-9 * large);
    double skinny = A100.cost(layer(4096, 4096, 1, "2:4", 0.5)).dense().us();
    assertEquals(dense.fixedUs() + 33570816 / 2039e3, skinny, 1e-9);
  }

  /** 4096 x 4096 makes 512 tiles of 256 x 128, 5 waves of 108: 512 / 540 in use. */
  @Test
  void sparseTimesPayForWaves() {
    Saturation sparse = TensorCorePresets.a100().calibrations().get(DataType.FP16).sparse();
    double us = A100.cost(layer(4096, 4096, 4096, "2:4", 0.5)).time().us();
    double expected = sparse.fixedUs() + 137438.953472 * 540 / 512 / sparse.teraflops();
    assertEquals(expected, us, 1e-9 * us);
  }

  /** 4 columns are padded to 8 and cut again: two calls as short as a dense one. */
  @Test
  void paddedColumnsCostTwoCopies() {
    Saturation dense = TensorCorePresets.a100().calibrations().get(DataType.FP16).dense();
    double whole = A100.cost(layer(64, 64, 8, "2:4", 0.5)).time().us();
    double padded = A100.cost(layer(64, 64, 4, "2:4", 0.5)).time().us();
    assertEquals(whole + 2 * dense.fixedUs(), padded, 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "16384, 16384, 8, 2:4, 0.5, GAIN, TFLOP/s of the dense product",
    "11008, 4096, 1, 2:4, 0.5, NO_GAIN, with 1 of the 8 columns",
    "4096, 4096, 4096, 2:4, 0.5, GAIN, TFLOP/s of the dense product",
    "4096, 4096, 4096, 1:4, 0.25, GAIN, TFLOP/s of the dense product",
    "4096, 4096, 4096, 2:8, 0.25, GAIN, TFLOP/s of the dense product",
    "256, 256, 256, 2:4, 0.5, NO_GAIN, so small that its calls",
    "4096, 4096, 1, 2:4, 0.5, NO_GAIN, moving weights alone could be at most 1.78",
    "1024, 16384, 1024, 2:4, 0.5, NO_GAIN, 'keep 108 multiprocessors busy'",
    "4096, 4096, 4096, unstructured, 0.1, NO_GAIN, unstructured zeros lie anywhere",
    "4096, 4096, 4096, unstructured, 0.05, NO_GAIN, gathering the non-zeros takes",
    "4096, 4096, 4096, unstructured, 0.01, GAIN, at 99.0 % zeros",
    "4096, 4096, 4096, 4:8, 0.5, NO_GAIN, which 4:8 does not promise",
    "4096, 4096, 4096, block:4x4, 0.25, NO_GAIN, no kernel for the blocks",
    "4096, 4096, 4096, channel, 0.25, NO_GAIN, when they are removed from the model",
    "4096, 4096, 4096, unstructured, 1, NO_GAIN, no zeros"
  })
  void verdictsSayWhy(
      int m, int k, int n, String pattern, double density, Verdict.Kind kind, String reason) {
    LayerCost cost = A100.cost(layer(m, k, n, pattern, density));
    assertEquals(kind, cost.verdict().kind(), cost.verdict().toString());
    assertTrue(cost.verdict().reason().contains(reason), cost.verdict().toString());
    assertEquals(kind == Verdict.Kind.GAIN, cost.speedup() >= Verdict.LEAST_GAIN);
  }

  /** Numbers of 32 bits are 1:2: 2:4 is of no use to them, 1:4 is. */
  @Test
  void singlePrecisionTakesOneOfTwo() {
    Layer two = layer(4096, 4096, 4096, "2:4", 0.5).withType(DataType.FP32);
    assertFalse(A100.cost(two).verdict().gain());
    assertEquals(1, A100.cost(two).speedup(), 1e-12);
    assertTrue(A100.cost(two).verdict().reason().contains("at most 1 non-zeros in each 2"));
    Layer one = layer(4096, 4096, 4096, "1:4", 0.25).withType(DataType.FP32);
    assertTrue(A100.cost(one).verdict().gain());
  }

  @Test
  void weightsThatBreakTheirPatternRunDense() {
    Mask good = Mask.ofBytes(new byte[] {1, 1, 0, 0, 0, 1, 0, 1}, 1, 8);
    Mask bad = Mask.ofBytes(new byte[] {1, 1, 1, 0, 0, 0, 0, 1}, 1, 8);
    Layer layer = Layer.dense("fc", new Gemm(1, 8, 1)).withType(DataType.FP16);
    GroupRule rule = new GroupRule(2, 4);
    Layer declared = layer.withWeights(new NofM(2, 4), 0.5);
    assertTrue(rule.refusal(declared.withWeights(new Actual(good))).isEmpty());
    assertEquals(
        "these weights have groups of 4 with more than 2 non-zeros",
        rule.refusal(declared.withWeights(new Actual(bad))).orElseThrow());
    assertTrue(rule.refusal(layer.withWeights(new Actual(good))).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4, true",
    "1, 2, true",
    "1, 4, true",
    "2, 8, true",
    "3, 4, false",
    "4, 8, false",
    "2, 6, false",
    "1, 3, false",
    "2, 12, true"
  })
  void aPatternCoversAnother(int keep, int group, boolean covered) {
    assertEquals(covered, new GroupRule(2, 4).coveredBy(new NofM(keep, group)));
  }

  /** One column is a matter of bytes: a density of 0.1 with indices is a fifth of them. */
  @Test
  void gatheringPaysForOneColumn() {
    LayerCost cost = A100.cost(layer(16384, 16384, 1, "unstructured", 0.1));
    assertTrue(cost.verdict().gain(), cost.verdict().toString());
    assertTrue(cost.speedup() < 5);
  }

  @Test
  void refusesNumbersThatTheCoresLack() {
    Layer layer = layer(64, 64, 64, "2:4", 0.5).withType(DataType.FP8);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> A100.cost(layer));
    assertEquals("layer 'fc' on a100", refusal.place());
    assertEquals("fp8", refusal.found());
    assertEquals("a type among fp32, tf32, fp16, bf16, int8", refusal.expected());
  }

  @Test
  void integersOf16BitsRunAsHalves() {
    Layer halves = layer(512, 512, 512, "2:4", 0.5);
    LayerCost cost = A100.cost(halves.withType(DataType.INT16));
    assertEquals(A100.cost(halves.withType(DataType.FP16)), cost);
  }

  /** 400 W for the time, cycles at 1410 MHz; weights of 9/16, inputs and outputs of 2 bytes. */
  @Test
  void energyBytesAndCycles() {
    LayerCost cost = A100.cost(layer(4096, 4096, 4096, "2:4", 0.5));
    assertEquals(400e6 * cost.time().us(), cost.energyPj().total(), 1);
    assertEquals(1410 * cost.time().us(), cost.time().cycles().orElseThrow(), 1e-6);
    assertEquals(16777216 * 2.0 * (2 + 9.0 / 16), cost.bytes().total());
  }
}
