package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynFlowTest {

  /** 2 inputs, 2 and 2 hidden units, 1 output. */
  private static final LinearChain BY_HAND =
      new LinearChain(
          List.of(new int[] {2, 2}, new int[] {2, 2}, new int[] {1, 2}),
          List.of(new float[] {1, -2, 3, 0}, new float[] {-1, 2, 0.5f, -1}, new float[] {2, -4}));

  private static double[] scores(LinearChain chain, int layer, Map<String, Mask> masks) {
    return SynFlow.INSTANCE.score(chain.read(chain.tensors().get(layer), masks)).toDoubles();
  }

  @Test
  void threeLayersByHand() {
    // forward with |W|: (1 1), (3 3), (9 4.5), R = 36; backward: 1, (2 4), (4 8)
    assertArrayEquals(new double[] {4, 8, 24, 0}, scores(BY_HAND, 0, Map.of()));
    assertArrayEquals(new double[] {6, 12, 6, 12}, scores(BY_HAND, 1, Map.of()));
    assertArrayEquals(new double[] {18, 18}, scores(BY_HAND, 2, Map.of()));
  }

  @Test
  void flowIsConservedInEveryHiddenUnit() {
    LinearChain chain = random(3);
    for (int layer = 0; layer < 2; layer++) {
      double[] in = scores(chain, layer, Map.of());
      double[] out = scores(chain, layer + 1, Map.of());
      int units = chain.tensors().get(layer).shape()[0];
      int inputs = in.length / units;
      for (int unit = 0; unit < units; unit++) {
        double flowIn = 0;
        for (int i = 0; i < inputs; i++) {
          flowIn += in[unit * inputs + i];
        }
        double flowOut = 0;
        for (int o = unit; o < out.length; o += units) {
          flowOut += out[o];
        }
        // statistics are float32: relative 2^-24 each
        assertEquals(flowIn, flowOut, 1e-6 * flowIn);
      }
    }
  }

  /** 20 inputs, 30 and 30 hidden units, 10 outputs: 1800 weights. */
  private static LinearChain random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> shapes = List.of(new int[] {30, 20}, new int[] {30, 30}, new int[] {10, 30});
    return new LinearChain(
        shapes,
        shapes.stream()
            .map(
                shape -> {
                  float[] values = new float[shape[0] * shape[1]];
                  for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextDouble(-1, 1);
                  }
                  return values;
                })
            .toList());
  }

  private static Map<String, Mask> decide(LinearChain chain, double sparsity, int rounds) {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(sparsity, Timing.Unit.STEP, 0))
                .optCriterion(SynFlow.INSTANCE)
                .optAllocation(Global.INSTANCE)
                .optEvidence(new Evidence(1, rounds))
                .build());
    WeightSource weights = chain::read;
    return Pruner.next(Binding.of(recipe, chain.tensors()), PruningState.EMPTY, weights).masks();
  }

  /** Down to a single path: 3 of 1800 weights, one in each layer. */
  @ParameterizedTest
  @ValueSource(ints = {180, 9, 3})
  void noLayerCollapsesBeforeMaximalCompression(int kept) {
    LinearChain chain = random(kept);
    Map<String, Mask> masks = decide(chain, 1 - kept / 1800.0, 100);
    assertEquals(kept, masks.values().stream().mapToInt(Mask::keptCount).sum());
    masks.forEach((path, mask) -> assertTrue(mask.keptCount() >= 1, path));
    assertTrue(chain.flow(masks) > 0);
  }

  @Test
  void inOneRoundALayerCollapses() {
    Map<String, Mask> masks = decide(random(0), 1 - 9 / 1800.0, 1);
    assertTrue(masks.values().stream().anyMatch(mask -> mask.keptCount() == 0));
  }
}
