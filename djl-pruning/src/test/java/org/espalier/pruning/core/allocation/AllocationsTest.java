package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class AllocationsTest {

  /** Every allocation with values that are not the defaults. */
  private static final Map<String, String> SAMPLES =
      new TreeMap<>(
          Map.of(
              "global", "budget: flops, min_kept: 3",
              "lamp", "budget: flops, min_kept: 3",
              "uniform", "budget: flops, min_kept: 3",
              "uniform-plus", "first: 0.1, last: 0.7, budget: flops, min_kept: 3",
              "er", "power: 0.5, budget: flops, min_kept: 3",
              "erk", "power: 2.0, budget: flops, min_kept: 3",
              "smart-ratios", "last_density: 0.4, budget: flops, min_kept: 3",
              "table", "sparsities: {'*b': 0.5, '*a': 0.25}, min_kept: 3",
              "threshold", "value: 0.5, min_kept: 3"));

  private static Recipe recipe(String allocation) {
    return Recipe.parse(
        "{schedule: {type: one-shot, target: 0.9}, allocation: %s}".formatted(allocation));
  }

  @Test
  void everyAllocationRoundTripsThroughTheCanonicalText() {
    assertEquals(Allocations.REGISTRY.names(), SAMPLES.keySet());
    for (Entry<Allocation> entry : Allocations.REGISTRY.entries()) {
      Recipe recipe = recipe("{type: %s, %s}".formatted(entry.name(), SAMPLES.get(entry.name())));
      assertEquals(recipe, Recipe.parse(recipe.canonicalText()), entry.name());
      Allocation allocation = recipe.groups().get(0).allocation();
      assertEquals(entry.name(), allocation.type());
      Set<String> declared =
          entry.parameters().stream()
              .map(Parameter::name)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(declared, new TreeSet<>(allocation.parameters().keySet()), entry.name());
    }
  }

  @Test
  void namesAloneMeanTheUsual() {
    for (String name :
        new String[] {"er", "erk", "global", "lamp", "smart-ratios", "uniform", "uniform-plus"}) {
      Recipe recipe = recipe(name);
      assertEquals(recipe, Recipe.parse(recipe.canonicalText()), name);
    }
    assertEquals(Uniform.INSTANCE, recipe("uniform").groups().get(0).allocation());
    assertEquals(Global.INSTANCE, recipe("global").groups().get(0).allocation());
    assertTrue(recipe("uniform").canonicalText().contains("\n  allocation: uniform\n"));
    assertEquals(UniformPlus.usual(), recipe("uniform-plus").groups().get(0).allocation());
    assertEquals(SmartRatios.usual(), recipe("smart-ratios").groups().get(0).allocation());
    assertEquals(Threshold.ofSchedule(), recipe("threshold").groups().get(0).allocation());
  }

  @Test
  void orderOfATableMeansNothing() {
    Recipe one = recipe("{type: table, sparsities: {'*a': 0.25, '*b': 0.5}}");
    Recipe other = recipe("{type: table, sparsities: {'*b': 0.5, '*a': 0.25}}");
    assertEquals(one.sha256(), other.sha256());
  }

  @Test
  void operationsMakeNoSenseWithoutATotal() {
    for (String name :
        new String[] {"{type: threshold, value: 1", "{type: table, sparsities: {a: 0.5}"}) {
      assertThrows(InvalidInputException.class, () -> recipe(name + ", budget: flops}"));
    }
  }

  @Test
  void floorsOutOfRangeAreRefused() {
    for (String floor : new String[] {"-1", "-9999999999"}) {
      assertThrows(
          InvalidInputException.class, () -> recipe("{type: global, min_kept: " + floor + "}"));
    }
  }
}
