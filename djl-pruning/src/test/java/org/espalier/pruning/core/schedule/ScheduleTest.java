package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void decisionsFallOnBeginEveryAndEnd() {
    Timing timing = new Timing(Timing.Unit.STEP, 3, 10, 4);
    long[] due = LongStream.range(0, 20).filter(timing::includes).toArray();
    // 3, 7, and the end, which is not a multiple
    assertEquals("[3, 7, 10]", Arrays.toString(due));
  }

  @Test
  void oneShotDecidesOnce() {
    Schedule schedule = new OneShot(0.9, Timing.Unit.STEP, 5);
    assertFalse(schedule.updatesAt(new TrainingTime(4, 0, false)));
    assertTrue(schedule.updatesAt(new TrainingTime(5, 0, false)));
    assertFalse(schedule.updatesAt(new TrainingTime(6, 0, false)));
    assertEquals(0.9, schedule.sparsityAt(new TrainingTime(5, 0, false)));
  }

  @Test
  void constantGoesOnForeverUnlessItHasAnEnd() {
    Schedule schedule = new Constant(0.8, new Timing(Timing.Unit.STEP, 0, Timing.OPEN, 1000));
    assertTrue(schedule.updatesAt(new TrainingTime(1_000_000_000, 9, false)));
    assertFalse(schedule.updatesAt(new TrainingTime(1_000_000_001, 9, false)));
    assertEquals(0.8, schedule.sparsityAt(77));
    assertEquals(0.8, schedule.target());
  }

  @Test
  void epochTimingsDecideBeforeTheFirstStepOfAnEpoch() {
    Schedule schedule = new OneShot(0.9, Timing.Unit.EPOCH, 2);
    TrainingTime second = TrainingTime.START.nextStep().nextEpoch().nextStep().nextEpoch();
    assertTrue(schedule.updatesAt(second));
    assertFalse(schedule.updatesAt(second.nextStep()));
    assertFalse(schedule.updatesAt(second.nextStep().nextEpoch()));
  }

  @Test
  void progressIsClamped() {
    Timing timing = new Timing(Timing.Unit.STEP, 10, 20, 1);
    assertEquals(0, timing.progress(0));
    assertEquals(0.5, timing.progress(15));
    assertEquals(1, timing.progress(21));
    assertEquals(1, Timing.once(Timing.Unit.STEP, 4).progress(4));
  }

  @Test
  void constructorsValidate() {
    assertThrows(InvalidInputException.class, () -> new Timing(Timing.Unit.STEP, -1, 5, 1));
    assertThrows(InvalidInputException.class, () -> new Timing(Timing.Unit.STEP, 6, 5, 1));
    assertThrows(InvalidInputException.class, () -> new Timing(Timing.Unit.STEP, 0, 5, 0));
    assertThrows(InvalidInputException.class, () -> new OneShot(1.0, Timing.Unit.STEP, 0));
    assertThrows(InvalidInputException.class, () -> new OneShot(0.5, Timing.Unit.STEP, -2));
    assertThrows(IllegalArgumentException.class, () -> new TrainingTime(-1, 0, true));
  }
}
