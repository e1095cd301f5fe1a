package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.schedule.Alternate.Phase;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class AlternateTest {

  /** One letter per count: S and D where a phase begins, s and d inside, - before the begin. */
  private static String picture(Alternate schedule, int counts) {
    return LongStream.range(0, counts)
        .mapToObj(
            count -> {
              if (count < schedule.begin()) {
                return "-";
              }
              String letter = schedule.sparsityAt(count) == schedule.target() ? "s" : "d";
              boolean decided = schedule.updatesAt(new TrainingTime(count, 0, false));
              return decided ? letter.toUpperCase() : letter;
            })
        .collect(Collectors.joining());
  }

  /** Peste et al. 2021: a dense begin, phases in turn, the last one sparse. */
  @Test
  void acdc() {
    Alternate schedule = new Alternate(0.9, 2, 3, Phase.SPARSE, Timing.Unit.STEP, 4, 14);
    assertEquals("----SsDddSsDddSsssss", picture(schedule, 20));
  }

  /** Han et al. 2017: dense, sparse, dense. */
  @Test
  void denseSparseDense() {
    Alternate schedule = new Alternate(0.3, 6, 1, Phase.DENSE, Timing.Unit.STEP, 3, 9);
    assertEquals("---SsssssDddddd", picture(schedule, 15));
  }

  @Test
  void theEndCutsAPhaseShort() {
    assertEquals(
        "SssDdSssSsss",
        picture(new Alternate(0.9, 3, 2, Phase.SPARSE, Timing.Unit.STEP, 0, 8), 12));
    assertEquals(
        "SssDdSsDdddd", picture(new Alternate(0.9, 3, 2, Phase.DENSE, Timing.Unit.STEP, 0, 7), 12));
  }

  @Test
  void phasesOfEpochsAreDecidedAtTheirFirstStep() {
    Alternate schedule = new Alternate(0.9, 1, 1, Phase.SPARSE, Timing.Unit.EPOCH, 1, 5);
    assertTrue(schedule.updatesAt(new TrainingTime(100, 2, true)));
    assertTrue(!schedule.updatesAt(new TrainingTime(101, 2, false)));
    assertEquals(0, schedule.sparsityAt(new TrainingTime(101, 2, false)));
    assertEquals(0.9, schedule.sparsityAt(new TrainingTime(101, 3, false)));
  }

  @Test
  void whatDoesNotHoldIsRefused() {
    for (String keys :
        new String[] {
          "sparse: 0, dense: 1, end: 5",
          "sparse: 1, dense: 0, end: 5",
          "sparse: 1, dense: 1, end: 0",
          "sparse: 1, dense: 1, begin: -1, end: 5"
        }) {
      assertThrows(
          InvalidInputException.class,
          () ->
              Recipe.parse(
                  "{lifecycle: reselect, schedule: {type: alternate, target: 0.5, %s}}"
                      .formatted(keys)));
    }
  }

  /** Prune never releases: the dense phases would be none. */
  @Test
  void pruneIsRefused() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () ->
                Recipe.parse(
                    "schedule: {type: alternate, target: 0.5, sparse: 1, dense: 1, end: 5}"));
    assertEquals(
        "recipe: lifecycle: expected one in which weights come back, as the sparsity of"
            + " 'alternate' falls, found 'prune'; choose reselect, rigl or nest",
        error.getMessage());
  }
}
