package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.schedule.Constant;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  private static final Recipe RECIPE =
      new Recipe(
          7,
          List.of(
              PruningGroup.builder(Curve.cubic(0.1, 0.92, new Timing(Timing.Unit.EPOCH, 1, 9, 2)))
                  .optName("hidden")
                  .optInclude("*Linear_weight")
                  .optExclude("05*")
                  .optAllocation(Global.INSTANCE)
                  .build(),
              PruningGroup.builder(
                      new Constant(0.5, new Timing(Timing.Unit.STEP, 0, Timing.OPEN, 100)))
                  .optName("output")
                  .optInclude("05*_weight")
                  .build()));

  /** Identity of recipes: this text and hash may only change with a note in the changelog. */
  @Test
  void canonicalTextIsPinned() {
    String text =
        """
        seed: 7
        groups:
        - name: hidden
          include:
          - '*Linear_weight'
          exclude:
          - 05*
          pattern: unstructured
          aggregate: sum
          criterion: magnitude
          allocation: global
          schedule:
            type: cubic
            initial: 0.1
            target: 0.92
            begin: 1
            end: 9
            every: 2
            unit: epoch
          lifecycle: prune
          compensation: none
          batches: 1
          rounds: 1
        - name: output
          include:
          - 05*_weight
          exclude: []
          pattern: unstructured
          aggregate: sum
          criterion: magnitude
          allocation: uniform
          schedule:
            type: constant
            target: 0.5
            begin: 0
            every: 100
            unit: step
          lifecycle: prune
          compensation: none
          batches: 1
          rounds: 1
        """;
    assertEquals(text, RECIPE.canonicalText());
    // printf of the text above | sha256sum
    assertEquals(
        "2c5383dc39eb71356db846f1547bb16fb2861f201ba020187bea10807b07823c", RECIPE.sha256());
  }

  @Test
  void canonicalTextReadsBackEqual() {
    assertEquals(RECIPE, Recipe.parse(RECIPE.canonicalText()));
    Recipe shot = Recipe.oneShot(0.9);
    assertEquals(shot, Recipe.parse(shot.canonicalText()));
    assertNotEquals(shot.sha256(), Recipe.oneShot(0.91).sha256());
    assertNotEquals(shot, shot.withSeed(1));
  }

  @Test
  void shortFormMeansOneGroupWithTheUsualChoices() {
    Recipe recipe = Recipe.parse("schedule: {type: one-shot, target: 0.9}");
    assertEquals(Recipe.of(new OneShot(0.9, Timing.Unit.STEP, 0)), recipe);
  }

  @Test
  void readsJsonToo() {
    String json = "{\"seed\": 42, \"schedule\": {\"type\": \"one-shot\", \"target\": 0.9}}";
    assertEquals(Recipe.oneShot(0.9), Recipe.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shedule: {}" + "| recipe: expected the key 'schedule', found none; correct this key",
        "{schedule: {type: one-shot, target: 0.9}, patern: unstructured}"
            + "| recipe: expected keys among [aggregate, allocation, batches, compensation, criterion,"
            + " exclude, forward, include, lifecycle, name, pattern, regularizers, rounds,"
            + " schedule, seed, update], found 'patern'; correct this key",
        "schedule: {type: one-shot, target: 1.0}"
            + "| recipe: schedule.target: expected a sparsity (fraction of zeros) in [0, 1), found"
            + " 1.0; 0.9 prunes nine weights of ten",
        "schedule: {type: one-shot, target: -0.1}"
            + "| recipe: schedule.target: expected a sparsity (fraction of zeros) in [0, 1), found"
            + " -0.1; 0.9 prunes nine weights of ten",
        "schedule: {type: one-shot, target: .nan}"
            + "| recipe:1:40: expected YAML, found Malformed numeric value '.nan'; correct the text"
            + " at this place",
        "schedule: {type: one-shot, target: NaN}"
            + "| recipe: schedule.target: expected a number, found the text 'NaN'; correct this"
            + " key",
        "schedule: {type: one-shot, target: high}"
            + "| recipe: schedule.target: expected a number, found the text 'high'; correct this"
            + " key",
        "schedule: {type: cubic, target: 0.9, begin: 5, end: 2}"
            + "| recipe: schedule.end: expected at least begin = 5, found 2; correct the"
            + " schedule's end",
        "schedule: {type: cubic, target: 0.9}"
            + "| recipe: schedule.end: expected a count, found none; the schedule cubic must say"
            + " when it reaches its target",
        "schedule: {type: cubic, target: 0.9, end: 2.5}"
            + "| recipe: schedule.end: expected a whole number, found 2.5; correct this key",
        "schedule: {type: constant, target: 0.9, every: 0}"
            + "| recipe: schedule.every: expected at least 1, found 0; correct the schedule's"
            + " every",
        "schedule: {type: cubed, target: 0.9}"
            + "| recipe: schedule.type: expected one of alternate, autoprune, constant, cosine,"
            + " cube, cubic, exponential, geometric, linear, lprune, observe, one-shot, piecewise,"
            + " two-slope, found 'cubed'; correct this key",
        "schedule: {type: one-shot, target: 0.9, unit: days}"
            + "| recipe: schedule.unit: expected one of step, epoch, found 'days'; correct this key",
        "schedule: {type: one-shot, target: 0.9, end: 3}"
            + "| recipe: schedule: expected keys among [at, target, type, unit], found 'end';"
            + " correct this key",
        "{schedule: {type: one-shot, target: 0.9}, pattern: 2:5:1}"
            + "| recipe: pattern: expected N:M, for example 2:4, found '2:5:1'; correct this key",
        "{schedule: {type: one-shot, target: 0.9}, include: all}"
            + "| recipe: include: expected a list, found the text 'all'; correct this key",
        "groups: []"
            + "| recipe: groups: expected at least one group, found none; add a group with a"
            + " schedule",
        "groups: [{schedule: {type: one-shot, target: 2}}]"
            + "| recipe: groups[0].schedule.target: expected a sparsity (fraction of zeros) in [0,"
            + " 1), found 2.0; 0.9 prunes nine weights of ten",
        "[1, 2]| recipe: expected an object with keys, found a list; correct this key",
      })
  void refusesInOneLineThatNamesTheKey(String yaml, String message) {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> Recipe.parse(yaml));
    assertEquals(message, error.getMessage());
  }

  @Test
  void unknownCriteriaAreAnsweredWithAllThatAreKnown() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> Recipe.parse("{schedule: {type: one-shot, target: 0.9}, criterion: size}"));
    assertEquals(
        "recipe: criterion: expected one of %s, found 'size'; correct this key"
            .formatted(String.join(", ", Criteria.REGISTRY.names())),
        error.getMessage());
  }

  @Test
  void twoGroupsOfOneNameAreRefused() {
    PruningGroup group = PruningGroup.builder(new OneShot(0.9, Timing.Unit.STEP, 0)).build();
    assertThrows(InvalidInputException.class, () -> Recipe.of(group, group));
  }

  @Test
  void brokenYamlNamesFileLineAndColumn(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, "seed: 1\nschedule: {type: one-shot\n");
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> Recipe.load(file));
    assertEquals(file + ":2:26", error.place());
  }

  @Test
  void keysThatOccurTwiceAreRefused() {
    assertThrows(InvalidInputException.class, () -> Recipe.parse("seed: 1\nseed: 2\n"));
  }

  @Test
  void missingAndHugeFilesAreRefused(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("none.yaml");
    assertEquals(
        missing
            + ": expected a readable recipe file in UTF-8, found NoSuchFileException;"
            + " check the path and its permissions",
        assertThrows(InvalidInputException.class, () -> Recipe.load(missing)).getMessage());
    Path huge = folder.resolve("huge.yaml");
    Files.write(huge, new byte[(1 << 20) + 1]);
    assertThrows(InvalidInputException.class, () -> Recipe.load(huge));
  }
}
