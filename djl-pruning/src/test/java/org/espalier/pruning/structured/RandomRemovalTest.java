package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.SplittableRandom;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.op.Slice;
import org.junit.jupiter.api.Test;

/** What was removed from random networks makes the difference that zeros in its place make. */
class RandomRemovalTest {

  private static final int NETWORKS = 200;

  @Test
  void prunedNetworkIsTheMaskedOne() {
    int removed = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      try (NDManager manager = NDManager.newBaseManager()) {
        removed += check(seed, manager);
      }
    }
    assertTrue(removed > 5 * NETWORKS, () -> "too few channels were tried");
  }

  private static int check(int seed, NDManager manager) {
    RandomNetworks.Sample sample = RandomNetworks.of(seed, manager);
    Block block = sample.block();
    StructuredNetwork network = StructuredNetwork.of(block, sample.input());
    Selection selection = random(network, new SplittableRandom(seed + 1000));
    Block small = network.without(selection);
    try {
      NDArray input = manager.randomNormal(sample.input());
      NetworkSize expected = network.size(selection);
      assertEquals(parameters(small), expected.parameters(), () -> "seed " + seed);
      selection.slices().forEach(slice -> zero(block, slice, manager));
      float[] masked = run(block, input, manager);
      float[] pruned = run(small, input, manager);
      assertEquals(masked.length, pruned.length);
      for (int i = 0; i < masked.length; i++) {
        assertEquals(masked[i], pruned[i], 1e-5 * Math.max(1, Math.abs(masked[i])), "seed " + seed);
      }
      return selection.count();
    } finally {
      small.clear();
      block.clear();
    }
  }

  private static Selection random(StructuredNetwork network, SplittableRandom random) {
    Selection selection = Selection.empty();
    for (ChannelGroup group : network.prunable()) {
      for (int channel = 0; channel < group.size(); channel++) {
        if (random.nextBoolean() && selection.count(group) < group.size() - 1) {
          selection = selection.with(group, channel);
        }
      }
    }
    return selection;
  }

  private static long parameters(Block block) {
    return block.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  private static float[] run(Block block, NDArray input, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
  }

  private static void zero(Block block, Slice slice, NDManager manager) {
    for (Pair<String, Parameter> pair : block.getParameters()) {
      if (pair.getKey().equals(slice.parameter()) && !pair.getKey().endsWith("runningVar")) {
        NDArray array = pair.getValue().getArray();
        float[] values = HostValues.read(slice.parameter(), array);
        Shape shape = array.getShape();
        long inner = shape.slice(slice.axis() + 1).size();
        for (int i = 0; i < values.length; i++) {
          if (i / inner % shape.get(slice.axis()) == slice.index()) {
            values[i] = 0;
          }
        }
        HostValues.write(array, values, manager);
      }
    }
  }
}
