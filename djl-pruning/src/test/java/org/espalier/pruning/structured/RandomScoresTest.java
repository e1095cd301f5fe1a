package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.criterion.ChannelScores;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.pruning.structured.criterion.Reach;
import org.espalier.pruning.structured.op.Slice;
import org.junit.jupiter.api.Test;

/** L1 norms of channels, against a sum over the weights that their slices cover, each once. */
class RandomScoresTest {

  @Test
  void normsOfWholeGroups() {
    ChannelCriterion criterion = ChannelCriterion.parse("magnitude").over(Reach.WEIGHTS);
    int checked = 0;
    for (int seed = 0; seed < 12; seed++) {
      try (NDManager manager = NDManager.newBaseManager()) {
        RandomNetworks.Sample sample = RandomNetworks.of(seed, manager);
        StructuredNetwork network = StructuredNetwork.of(sample.block(), sample.input());
        for (GroupScores scores :
            ChannelScores.of(network, network.prunable(), criterion, ChannelEvidence.NONE)) {
          for (int channel = 0; channel < scores.group().size(); channel++) {
            double expected = norm(network, scores.group().channels().get(channel));
            assertEquals(expected, scores.scores()[channel], 1e-9 * expected, "seed " + seed);
            checked++;
          }
        }
        sample.block().clear();
      }
    }
    assertTrue(checked > 120, "too few channels: " + checked);
  }

  private static double norm(StructuredNetwork network, List<Slice> slices) {
    Map<String, BitSet> covered = new HashMap<>();
    double sum = 0;
    for (Slice slice : slices) {
      NDArray array = network.block().getParameters().get(slice.parameter()).getArray();
      Shape shape = array.getShape();
      if (shape.dimension() > 1) {
        float[] values = HostValues.read(slice.parameter(), array);
        BitSet seen = covered.computeIfAbsent(slice.parameter(), key -> new BitSet());
        long inner = shape.slice(slice.axis() + 1).size();
        for (int i = 0; i < values.length; i++) {
          if (i / inner % shape.get(slice.axis()) == slice.index() && !seen.get(i)) {
            seen.set(i);
            sum += Math.abs(values[i]);
          }
        }
      }
    }
    return sum;
  }
}
