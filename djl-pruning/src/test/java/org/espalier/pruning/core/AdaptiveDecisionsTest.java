package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.allocation.Terms;
import org.espalier.pruning.core.allocation.Threshold;
import org.espalier.pruning.core.schedule.Autoprune;
import org.espalier.pruning.core.schedule.Lprune;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.core.schedule.TwoSlope;
import org.junit.jupiter.api.Test;

/** Whole decisions of schedules that ask for thresholds, or look at the validation. */
class AdaptiveDecisionsTest {

  private static final TensorInfo A = new TensorInfo("a", new int[] {2, 3}, true);
  private static final TensorInfo B = new TensorInfo("b", new int[] {1, 4}, true);
  private static final Map<String, float[]> VALUES =
      Map.of("a", new float[] {5, -1, 4, 1, -9, 2}, "b", new float[] {0.5f, 3, -6, 0.25f});
  private static final Timing EPOCHS = new Timing(Timing.Unit.EPOCH, 0, Timing.OPEN, 1);

  private static PruningState decide(Schedule schedule, Allocation allocation, PruningState state) {
    Recipe recipe = Recipe.of(PruningGroup.builder(schedule).optAllocation(allocation).build());
    return Pruner.next(
        Binding.of(recipe, List.of(A, B)),
        state,
        (info, masks) -> WeightTensor.of(info.name(), info.shape(), VALUES.get(info.name())));
  }

  private static void assertKept(String a, String b, PruningState state) {
    assertArrayEquals(bits(a), state.masks().get("a").toBytes());
    assertArrayEquals(bits(b), state.masks().get("b").toBytes());
  }

  private static byte[] bits(String text) {
    byte[] bits = new byte[text.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (text.charAt(i) - '0');
    }
    return bits;
  }

  /** Slopes by hand: 2 q / (2 * 2 + 3 * 2) = 1 and 1.5: thresholds 1, 2, then 3 + 1.5, 6, 7.5. */
  @Test
  void twoSlopesOfThresholds() {
    Timing timing = new Timing(Timing.Unit.EPOCH, 0, 4, 1);
    Schedule schedule = new TwoSlope(5, 2, 1.5, 0.75, timing);
    PruningState state = decide(schedule, Threshold.ofSchedule(), PruningState.EMPTY);
    assertKept("101011", "0110", state);
    state = decide(schedule, Threshold.ofSchedule(), state.at(state.time().nextEpoch()));
    assertKept("101010", "0110", state);
    // 4.5, and the last 6: at least ceil(.25 * 6) = 2 and ceil(.25 * 4) = 1 live
    state = decide(schedule, Threshold.ofSchedule(), state.at(state.time().nextEpoch()));
    assertKept("100010", "0010", state);
    state = decide(schedule, Threshold.ofSchedule(), state.at(state.time().nextEpoch()));
    assertKept("100010", "0010", state);
  }

  @Test
  void overfittingRaisesTheShareOfTheMean() {
    Schedule schedule = new Lprune(0.5, 2, 0.9, EPOCHS);
    PruningState fits = PruningState.EMPTY.validated(1);
    assertEquals(10, decide(schedule, Threshold.ofSchedule(), fits).keptCount());
    // GL = 50: .5 (1 - 1 / 101) = .495..; means 22 / 6 = 3.67 and 9.75 / 4 = 2.44
    assertKept("101011", "0110", decide(schedule, Threshold.ofSchedule(), fits.validated(1.5)));
  }

  @Test
  void overfittingPrunesAQuarterMore() {
    Schedule schedule = new Autoprune(0.5, 0.25, 0, 0.9, EPOCHS);
    // 5 of 10 live: 9, 6, 5, 4, 3
    PruningState state = decide(schedule, Global.INSTANCE, PruningState.EMPTY.validated(1));
    assertKept("101010", "0110", state);
    PruningState later = state.at(state.time().nextEpoch());
    assertKept("101010", "0110", decide(schedule, Global.INSTANCE, later));
    // .5 * .75 of 10 is 3.75: 4 live
    assertKept("101010", "0010", decide(schedule, Global.INSTANCE, later.validated(1.1)));
  }

  @Test
  void floorsReachTheMask() {
    Schedule schedule = new Autoprune(0.6, 0.5, 0, 0.9, EPOCHS);
    // 4 of 10 live: 9, 6, 5, 4 without floor; 9, 5 and 6, 3 where each tensor keeps two
    PruningState state = PruningState.EMPTY;
    assertKept("101010", "0010", decide(schedule, Global.INSTANCE, state));
    assertKept("100010", "0110", decide(schedule, new Global(Terms.minKept(2)), state));
  }
}
