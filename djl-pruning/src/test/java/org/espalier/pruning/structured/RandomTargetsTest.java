package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.math.BigDecimal;
import java.util.List;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.criterion.ChannelScores;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.pruning.structured.ranking.Global;
import org.espalier.pruning.structured.ranking.Local;
import org.espalier.pruning.structured.ranking.Normalization;
import org.espalier.pruning.structured.ranking.Place;
import org.espalier.pruning.structured.ranking.Ranking;
import org.espalier.pruning.structured.target.Candidate;
import org.espalier.pruning.structured.target.Choice;
import org.espalier.pruning.structured.target.Count;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;
import org.junit.jupiter.api.Test;

/** Targets on random networks: met, and missed by one channel less along the ranking. */
class RandomTargetsTest {

  private static final int NETWORKS = 12;

  @Test
  void targetsAreMetByTheFewest() {
    int met = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      try (NDManager manager = NDManager.newBaseManager()) {
        RandomNetworks.Sample sample = RandomNetworks.of(seed, manager);
        StructuredNetwork network = StructuredNetwork.of(sample.block(), sample.input());
        met += check(network, seed);
        sample.block().clear();
      }
    }
    assertTrue(met > 3 * NETWORKS, "too few targets could be reached: " + met);
  }

  private static int check(StructuredNetwork network, int seed) {
    List<ChannelGroup> groups = network.prunable();
    List<GroupScores> scores =
        ChannelScores.of(
            network, groups, ChannelCriterion.parse("magnitude"), ChannelEvidence.NONE);
    int[] sizes = groups.stream().mapToInt(ChannelGroup::size).toArray();
    Ranking ranking = seed % 2 == 0 ? new Global(Normalization.MEAN) : Local.INSTANCE;
    List<Place> order = ranking.order(scores, sizes, group -> 0);
    Floor floor = new Floor(1, 1 + seed % 3);
    Choice choice = new Choice(network, groups, order, floor);
    int met = 0;
    for (Count count : Count.values()) {
      for (double remove : new double[] {0.2, 0.5}) {
        Candidate whole = new Candidate(network, groups, Selection.empty());
        BigDecimal limit = new Target(count, remove).limit(count.of(whole));
        int shortest = shortest(network, groups, choice, order.size(), count, limit);
        if (shortest <= order.size()) {
          Selection fewest = choice.fewest(count, limit);
          assertEquals(choice.along(shortest).slices(), fewest.slices(), "seed " + seed);
          requireFloor(groups, fewest, floor);
          met++;
        }
      }
    }
    return met;
  }

  /** The first length that meets the limit, by trying all from 0; beyond the last if none does. */
  private static int shortest(
      StructuredNetwork network,
      List<ChannelGroup> groups,
      Choice choice,
      int longest,
      Count count,
      BigDecimal limit) {
    int length = 0;
    while (length <= longest
        && count.of(new Candidate(network, groups, choice.along(length))) > limit.doubleValue()) {
      length++;
    }
    return length;
  }

  private static void requireFloor(List<ChannelGroup> groups, Selection selection, Floor floor) {
    for (ChannelGroup group : groups) {
      int left = group.size() - selection.count(group);
      assertTrue(left >= 1 && (left == group.size() || left % floor.multiple() == 0));
    }
  }

  @Test
  void whatIsLeftCostsWhatWasPromised() {
    try (NDManager manager = NDManager.newBaseManager()) {
      RandomNetworks.Sample sample = RandomNetworks.of(13, manager);
      StructuredNetwork network = StructuredNetwork.of(sample.block(), sample.input());
      Selection selection = Selection.empty().with(network.prunable().get(0), 0, 1);
      StructuredNetwork smaller = network.pruned(selection);
      Block block = smaller.block();
      assertEquals(network.size(selection), smaller.size());
      assertEquals(network.size(selection), StructuredNetwork.of(block, sample.input()).size());
      block.clear();
      sample.block().clear();
    }
  }
}
