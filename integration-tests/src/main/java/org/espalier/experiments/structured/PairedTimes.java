package org.espalier.experiments.structured;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;

/**
 * Times of one forward pass in plain DJL of several networks that take turns.
 *
 * @param millis median of each network
 */
record PairedTimes(double[] millis) {

  private static final int WARM_UP = 4;
  private static final long LEAST_NANOS = 1_000_000_000;
  private static final int MOST_ROUNDS = 1000;

  /**
   * Runs each network once in each round, after some rounds that do not count.
   *
   * @param rounds at least; small networks take more, until a second is over
   */
  static PairedTimes of(List<Block> networks, Shape input, int rounds) {
    return of(networks, List.of(new DataDesc(input)), rounds);
  }

  /** As {@link #of(List, Shape, int)}, of networks with several inputs. */
  static PairedTimes of(List<Block> networks, List<DataDesc> inputs, int rounds) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList data = Example.of(inputs, manager);
      ParameterStore store = new ParameterStore(manager, false);
      turns(networks, data, store, WARM_UP);
      long start = System.nanoTime();
      turns(networks, data, store, 1);
      long enough = LEAST_NANOS / Math.max(1, System.nanoTime() - start);
      int all = (int) Math.max(rounds, Math.min(enough, MOST_ROUNDS));
      return new PairedTimes(
          Arrays.stream(turns(networks, data, store, all))
              .mapToDouble(PairedTimes::median)
              .toArray());
    }
  }

  /** Returns milliseconds by network and round. */
  private static double[][] turns(
      List<Block> networks, NDList data, ParameterStore store, int rounds) {
    double[][] times = new double[networks.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < networks.size(); i++) {
        long start = System.nanoTime();
        run(networks.get(i), data, store);
        times[i][round] = (System.nanoTime() - start) / 1e6;
      }
    }
    return times;
  }

  /** Reading the result waits for it. */
  private static void run(Block network, NDList data, ParameterStore store) {
    try (NDManager scratch = data.head().getManager().newSubManager()) {
      NDList copies = new NDList();
      data.forEach(array -> copies.add(array.duplicate()));
      copies.attach(scratch);
      network.forward(store, copies, false).singletonOrThrow().toFloatArray();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
