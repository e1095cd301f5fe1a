package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.reconstruction.DeadChannels;
import org.espalier.pruning.structured.reconstruction.OutputDifference;
import org.espalier.pruning.structured.reconstruction.Reconstructed;
import org.espalier.pruning.structured.reconstruction.Reconstruction;
import org.espalier.pruning.structured.reconstruction.Samples;
import org.espalier.pruning.structured.reconstruction.Trimming;
import org.junit.jupiter.api.Test;

/** In random networks, residual and concatenated, what was planted goes without a difference. */
class RandomReconstructionTest {

  private static final int NETWORKS = 15;

  @Test
  void equalFiltersAreTrimmed() {
    check(RandomReconstructionTest::repeat, new Trimming(0), 2);
  }

  /** Constants that are not 0 stay where padding follows: fewer go. */
  @Test
  void deadChannelsAreDropped() {
    check(RandomReconstructionTest::kill, new DeadChannels(), 1);
  }

  private static void check(BiConsumer<Rows, ChannelGroup> planted, Reconstruction way, int least) {
    int removed = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      try (NDManager manager = NDManager.newBaseManager()) {
        RandomNetworks.Sample sample = RandomNetworks.of(seed, manager);
        Block block = sample.block();
        StructuredNetwork network = StructuredNetwork.of(block, sample.input());
        for (ChannelGroup group : network.prunable()) {
          if (group.size() > 1) {
            planted.accept(new Rows(block, manager), group);
          }
        }
        Reconstructed small = way.apply(network);
        Samples others = Samples.of(new NDList(manager.randomNormal(sample.input())));
        double difference = OutputDifference.largest(network, small.network(), others);
        assertTrue(difference <= 1e-5, "seed " + seed + ": " + difference);
        assertEquals(network.size(small.removed()).flops(), small.network().size().flops());
        removed += small.removed().count();
        small.network().block().clear();
        block.clear();
      }
    }
    assertTrue(removed >= least * NETWORKS, "only " + removed);
  }

  /** Parameters of a network, by row. */
  private record Rows(Block block, NDManager manager) {

    void copy(String path, int from, int to) {
      edit(
          path,
          (values, width) -> System.arraycopy(values, from * width, values, to * width, width));
    }

    void clear(String path, int row) {
      edit(path, (values, width) -> Arrays.fill(values, row * width, (row + 1) * width, 0f));
    }

    private void edit(String path, BiConsumer<float[], Integer> edit) {
      NDArray array = block.getParameters().get(path).getArray();
      float[] values = HostValues.read(path, array);
      edit.accept(values, values.length / HostValues.shape(array)[0]);
      HostValues.write(array, values, manager);
    }
  }

  /** Channel 1 is made as channel 0. */
  private static void repeat(Rows rows, ChannelGroup group) {
    for (ChannelGroup.Member member : group.members()) {
      int[] from = group.indices(0, member);
      int[] to = group.indices(1, member);
      for (int i = 0; i < from.length && member.axis() == 0; i++) {
        rows.copy(member.parameter(), from[i], to[i]);
      }
    }
  }

  /** All weights that make the last channel are 0. */
  private static void kill(Rows rows, ChannelGroup group) {
    for (ChannelGroup.Member member : group.members()) {
      boolean weight = member.parameter().endsWith("weight");
      for (int row : group.indices(group.size() - 1, member)) {
        if (weight && member.axis() == 0) {
          rows.clear(member.parameter(), row);
        }
      }
    }
  }
}
