package org.espalier.pruning.rewind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class MaskDecisionTest {

  private static final Recipe LENET =
      Recipe.parse(
          """
          groups:
          - name: hidden
            include: ["01*weight", "03*weight"]
            schedule: {type: geometric, rate: 0.2, target: 0.99, begin: 0, every: 1}
          - name: output
            include: ["05*weight"]
            schedule: {type: geometric, rate: 0.1, target: 0.99, begin: 0, every: 1}
          """);

  /** Weights left in percent: J. Frankle, M. Carbin 2019, 20 % per layer, 10 % in the last. */
  private static final double[] LADDER = {
    80.04, 64.06, 51.28, 41.05, 32.87, 26.32, 21.07, 16.88, 13.52, 10.83, 8.68, 6.95, 5.57, 4.47,
    3.58, 2.87
  };

  private static Model model(SequentialBlock block, Shape input) {
    Model model = Model.newInstance("decision");
    model.setBlock(block);
    block.initialize(model.getNDManager(), DataType.FLOAT32, input);
    return model;
  }

  private static Model lenet() {
    return model(
        new SequentialBlock()
            .add(Linear.builder().setUnits(300).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(100).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(10).build()),
        new Shape(1, 784));
  }

  @Test
  void lenetGoesDownTheLadderOfThePaper() {
    MaskDecision decision = new MaskDecision(LENET, Set.of());
    BigDecimal hidden = BigDecimal.ONE;
    BigDecimal output = BigDecimal.ONE;
    Map<String, Mask> masks = Map.of();
    try (Model model = lenet()) {
      for (int round = 0; round < LADDER.length; round++) {
        Map<String, Mask> next = decision.next(model.getBlock(), masks, round, Map.of());
        hidden = hidden.multiply(new BigDecimal("0.8"));
        output = output.multiply(new BigDecimal("0.9"));
        assertEquals(rounded(hidden, 235_200), next.get("01Linear_weight").keptCount());
        assertEquals(rounded(hidden, 30_000), next.get("03Linear_weight").keptCount());
        assertEquals(rounded(output, 1_000), next.get("05Linear_weight").keptCount());
        long kept = next.values().stream().mapToLong(Mask::keptCount).sum();
        assertEquals(LADDER[round], 100.0 * kept / 266_200, 0.005);
        for (Map.Entry<String, Mask> old : masks.entrySet()) {
          assertTrue(next.get(old.getKey()).isSubsetOf(old.getValue()));
        }
        masks = next;
      }
    }
  }

  /** The project's rule: floor(density n + 1/2), in exact decimals. */
  private static long rounded(BigDecimal density, int n) {
    return density
        .multiply(BigDecimal.valueOf(n))
        .add(new BigDecimal("0.5"))
        .toBigInteger()
        .longValueExact();
  }

  @Test
  void everyRoundPrunesTheSmallestOfTheLiving() {
    Recipe half =
        Recipe.parse("schedule: {type: geometric, rate: 0.5, target: 0.9, begin: 0, every: 1}");
    MaskDecision decision = new MaskDecision(half, Set.of());
    try (Model model =
        model(new SequentialBlock().add(Linear.builder().setUnits(2).build()), new Shape(1, 4))) {
      var weight = model.getBlock().getParameters().get(0).getValue().getArray();
      weight.set(new float[] {1, -2, 3, -4, 5, -6, 7, 8});
      Map<String, Mask> first = decision.next(model.getBlock(), Map.of(), 0, Map.of());
      assertEquals(
          Map.of("01Linear_weight", Mask.ofBytes(new byte[] {0, 0, 0, 0, 1, 1, 1, 1}, 2, 4)),
          first);
      // Trained on, the living have changed; the dead are 0 and stay dead.
      weight.set(new float[] {0, 0, 0, 0, 0, -0.1f, 9, 0.05f});
      Map<String, Mask> second = decision.next(model.getBlock(), first, 1, Map.of());
      assertEquals(
          Map.of("01Linear_weight", Mask.ofBytes(new byte[] {0, 0, 0, 0, 0, 1, 1, 0}, 2, 4)),
          second);
    }
  }

  /** |w| - |w_0| of the survivors: the criterion sees the values before training. */
  @Test
  void criteriaMayAskForInitialValues() {
    Recipe recipe =
        Recipe.parse("{criterion: weight-change, schedule: {type: one-shot, target: 0.5, at: 0}}");
    MaskDecision decision = new MaskDecision(recipe, Set.of(Statistic.INITIAL_VALUE));
    try (Model model =
        model(new SequentialBlock().add(Linear.builder().setUnits(1).build()), new Shape(1, 4))) {
      model.getBlock().getParameters().get(0).getValue().getArray().set(new float[] {9, 8, 1, 2});
      Map<String, float[]> initial = Map.of("01Linear_weight", new float[] {9, 8, 0, 0});
      assertEquals(
          Mask.ofBytes(new byte[] {0, 0, 1, 1}, 1, 4),
          decision.next(model.getBlock(), Map.of(), 0, initial).get("01Linear_weight"));
    }
  }

  @Test
  void whatNeedsMoreThanWeightsIsRefused() {
    for (String keys :
        List.of("criterion: snip", "criterion: weight-change", "criterion: movement")) {
      Recipe recipe = Recipe.parse("{%s, schedule: {type: one-shot, target: 0.5}}".formatted(keys));
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> new MaskDecision(recipe, Set.of()), keys);
      assertEquals("criterion", error.place());
    }
  }

  @Test
  void whatWorksInsideATrainingIsRefused() {
    Recipe recipe = Recipe.parse("{lifecycle: reselect, schedule: {type: one-shot, target: 0.5}}");
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> new MaskDecision(recipe, Set.of()));
    assertEquals("lifecycle", error.place());
  }

  @Test
  void aRoundWithoutADecisionIsRefused() {
    MaskDecision decision = new MaskDecision(Recipe.oneShot(0.5), Set.of());
    try (Model model = lenet()) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class,
              () -> decision.next(model.getBlock(), Map.of(), 1, Map.of()));
      assertEquals("a decision in round 2", error.expected());
    }
  }
}
