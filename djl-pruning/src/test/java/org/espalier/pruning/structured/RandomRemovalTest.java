package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.nio.file.Path;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.pruning.structured.saved.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was removed from random networks makes the difference that zeros in its place make; and what
 * is left survives being saved.
 */
class RandomRemovalTest {

  private static final int NETWORKS = 200;

  @TempDir Path folder;

  @Test
  void prunedNetworkIsTheMaskedOneAlsoInAnotherJvm() throws Exception {
    ForkedLoad saved = new ForkedLoad(folder);
    int removed = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      try (NDManager manager = NDManager.newBaseManager()) {
        removed += check(seed, saved, manager);
      }
    }
    saved.check(NETWORKS);
    assertTrue(removed > 5 * NETWORKS, () -> "too few channels were tried");
  }

  private static int check(int seed, ForkedLoad saved, NDManager manager) {
    RandomNetworks.Sample sample = RandomNetworks.of(seed, manager);
    Block block = sample.block();
    StructuredNetwork network = StructuredNetwork.of(block, sample.input());
    Selection selection = Networks.half(network, seed + 1000);
    Block small = network.without(selection);
    try {
      NDArray input = manager.randomNormal(sample.input());
      NetworkSize expected = network.size(selection);
      assertEquals(parameters(small), expected.parameters(), () -> "seed " + seed);
      selection.slices().forEach(slice -> zero(block, slice, manager));
      float[] masked = Networks.run(block, input, manager);
      float[] pruned = Networks.run(small, input, manager);
      assertEquals(masked.length, pruned.length);
      for (int i = 0; i < masked.length; i++) {
        assertEquals(masked[i], pruned[i], 1e-5 * Math.max(1, Math.abs(masked[i])), "seed " + seed);
      }
      saved.save(seed, Architecture.of(network, selection), small, manager);
      return selection.count();
    } finally {
      small.clear();
      block.clear();
    }
  }

  private static long parameters(Block block) {
    return block.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
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
