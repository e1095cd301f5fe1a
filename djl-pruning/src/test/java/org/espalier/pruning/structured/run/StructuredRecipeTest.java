package org.espalier.pruning.structured.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.core.criterion.Taylor;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.GateCriterion;
import org.espalier.pruning.structured.criterion.Reach;
import org.espalier.pruning.structured.ranking.Global;
import org.espalier.pruning.structured.ranking.Local;
import org.espalier.pruning.structured.ranking.Normalization;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructuredRecipeTest {

  private static final String FULL =
      """
      structured:
        seed: 7
        exclude:
        - 01*
        criterion:
          type: taylor
          form: signed
        reach: all
        aggregate: squared-sum
        ranking:
          type: global
          normalize: none
          flops: 0.25
        target:
          type: flops
          remove: 0.5
        min_channels: 2
        multiple_of: 8
        steps: 3
      """;

  @Test
  void everythingIsRead() {
    StructuredRecipe expected =
        new StructuredRecipe(
            new ChannelCriterion(Taylor.SIGNED, Reach.ALL, Aggregate.SQUARED_SUM),
            new Global(Normalization.NONE, 0.25),
            Target.flops(0.5),
            new Floor(2, 8),
            List.of("01*"),
            3,
            7);
    assertEquals(expected, StructuredRecipe.parse(FULL));
    assertEquals(FULL, expected.canonicalText());
    assertEquals(expected.sha256(), StructuredRecipe.parse(FULL).sha256());
  }

  @Test
  void whatIsUsualNeedNotBeSaid() {
    StructuredRecipe usual =
        StructuredRecipe.parse("structured: {target: {type: channels, remove: 0.3}}");
    assertEquals(StructuredRecipe.of(Target.channels(0.3)), usual);
    assertEquals(usual, StructuredRecipe.parse(usual.canonicalText()));
    StructuredRecipe features =
        StructuredRecipe.parse(
            "structured: {criterion: apoz, ranking: local, target: {type: parameters, remove: 0}}");
    assertEquals(Aggregate.MEAN, ((ChannelCriterion) features.criterion()).aggregate());
    assertEquals(Local.INSTANCE, features.ranking());
  }

  /** A gate scores a channel: there are no weights to choose or to sum. */
  @Test
  void gatesAreWrittenWithoutReach() {
    StructuredRecipe gates =
        StructuredRecipe.parse(
            "structured: {criterion: gate-importance, target: {type: channels, remove: 0.5}}");
    assertEquals(GateCriterion.IMPORTANCE, gates.criterion());
    assertEquals(gates, StructuredRecipe.parse(gates.canonicalText()));
    assertFalse(gates.canonicalText().contains("reach"), gates.canonicalText());
  }

  @Test
  void latencyLeavesTheDeviceOpen() {
    String text = "structured: {target: {type: latency, remove: 0.4, batch: 8}}";
    StructuredRecipe recipe = StructuredRecipe.parse(text);
    assertEquals(recipe, StructuredRecipe.parse(recipe.canonicalText()));
    assertEquals(0.4, recipe.target().remove());
  }

  @Test
  void refusals() {
    String target = "target: {type: flops, remove: 0.5}";
    refused("structured: {" + target + ", colour: red}", "structured: expected keys among");
    refused("structured: {" + target + "}\ngroups: []", "'groups'");
    refused("groups: []", "the key 'structured'");
    refused("structured: {steps: 2}", "the key 'target'");
    refused("structured: {target: {type: flops, remove: 1}}", "a fraction in [0, 1)");
    refused("structured: {target: {type: watts, remove: 0.5}}", "channels, flops, latency");
    refused("structured: {" + target + ", reach: sideways}", "one of rows, columns");
    refused("structured: {" + target + ", aggregate: median}", "one of sum, mean");
    refused("structured: {" + target + ", criterion: fpgm, reach: all}", "rows, as the criterion");
    refused("structured: {" + target + ", criterion: gate-importance, reach: all}", "no such key");
    refused("structured: {" + target + ", criterion: gate-importance, aggregate: l2}", "aggregate");
    refused("structured: {" + target + ", criterion: gates}", "gate-sensitivity");
    refused("structured: {" + target + ", steps: 0}", "at least 1");
    refused("structured: {" + target + ", multiple_of: 0}", "at least 1");
    refused("structured: {" + target + ", ranking: {type: global, normalize: l3}}", "none, size");
    refused("structured: {" + target + ", ranking: {type: global, flops: -1}}", "at least 0");
  }

  private static void refused(String text, String words) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> StructuredRecipe.parse(text));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void filesNameThemselvesInErrors(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cut.yaml"), FULL);
    assertEquals(StructuredRecipe.parse(FULL), StructuredRecipe.load(file));
    Files.writeString(file, FULL.replace("steps: 3", "steps: many"));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> StructuredRecipe.load(file));
    assertTrue(e.getMessage().contains("cut.yaml: structured.steps"), e.getMessage());
  }
}
