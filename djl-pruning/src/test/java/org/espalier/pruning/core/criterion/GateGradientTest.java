package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class GateGradientTest {

  @Test
  void channelsByHand() {
    // ∂L/∂γ γ + ∂L/∂β β of three channels: 2 * 1 + 3 * -2, -1 * 2 + 1 * 2, 1 * 1 + 0.5 * 1
    float[] gates = {-4, 0, 1.5f};
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {3, 1, 1, 2}, new float[6]).with(Statistic.BN_GATE, gates);
    assertArrayEquals(
        new double[] {4, 4, 0, 0, 1.5, 1.5}, GateGradient.INSTANCE.score(tensor).toDoubles());
  }

  @Test
  void onlyTheGateIsNeeded() {
    assertEquals(Set.of(Statistic.BN_GATE), GateGradient.INSTANCE.needs());
  }
}
