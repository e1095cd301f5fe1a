package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.SplittableRandom;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;

/** A small network of random weights whose filters a test plants, and inputs for it. */
final class Bench implements AutoCloseable {

  private final NDManager manager = NDManager.newBaseManager();
  private final Block block;
  private final Shape input;

  Bench(Shape input, Block... blocks) {
    this.block = new SequentialBlock().addAll(blocks);
    this.input = input;
    block.initialize(manager, DataType.FLOAT32, input);
    SplittableRandom random = new SplittableRandom(5);
    for (Pair<String, Parameter> pair : block.getParameters()) {
      boolean positive = pair.getKey().endsWith("runningVar");
      edit(
          pair.getKey(),
          values -> {
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) (random.nextDouble(-0.5, 0.5) + (positive ? 1 : 0));
            }
          });
    }
  }

  static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  static Conv2d conv(int filters, int padding, boolean bias) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }

  /** Changes values in place. */
  interface Edit {
    void of(float[] values);
  }

  /** Changes a parameter. */
  void edit(String path, Edit edit) {
    NDArray array = block.getParameters().get(path).getArray();
    float[] values = HostValues.read(path, array);
    edit.of(values);
    HostValues.write(array, values, manager);
  }

  /** Sets a row of a parameter to a sum of others: factors by row. */
  void combine(String path, int row, double... factors) {
    int rows = (int) block.getParameters().get(path).getArray().getShape().get(0);
    edit(
        path,
        values -> {
          int width = values.length / rows;
          for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int other = 0; other < factors.length; other++) {
              sum += factors[other] * values[other * width + i];
            }
            values[row * width + i] = (float) sum;
          }
        });
  }

  /** Returns the network as it is now. */
  StructuredNetwork network() {
    return StructuredNetwork.of(block, input);
  }

  /** Returns the group of a layer's outputs. */
  static ChannelGroup group(StructuredNetwork network, String weight) {
    return network.prunable().stream()
        .filter(
            group ->
                group.members().stream()
                    .anyMatch(m -> m.axis() == 0 && m.parameter().equals(weight)))
        .findFirst()
        .orElseThrow();
  }

  /** Returns random inputs. */
  Samples samples(long seed, int examples) {
    long[] shape = input.getShape().clone();
    shape[0] = examples;
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Samples.of(new NDList(manager.create(values, new Shape(shape))));
  }

  /** Reconstructs, and requires that so many channels went and outputs for new inputs stayed. */
  Reconstructed requireUnchanged(Reconstruction way, int removed) {
    StructuredNetwork network = network();
    Reconstructed result = way.apply(network);
    assertEquals(removed, result.removed().count());
    assertEquals(
        network.size(result.removed()).flops(),
        result.network().size().flops(),
        "FLOPs of the smaller network");
    double difference = OutputDifference.largest(network, result.network(), samples(99, 4));
    assertTrue(difference <= 1e-5, "outputs differ by " + difference);
    return result;
  }

  /** Returns the outputs of a block for some samples. */
  float[] outputs(Block of, Samples samples) {
    ParameterStore store = new ParameterStore(manager, false);
    return of.forward(store, samples.batches().get(0), false).singletonOrThrow().toFloatArray();
  }

  /** Returns the sum of squared differences of the outputs of two blocks. */
  double squares(Block one, Block other, Samples samples) {
    float[] a = outputs(one, samples);
    float[] b = outputs(other, samples);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return sum;
  }

  Block block() {
    return block;
  }

  @Override
  public void close() {
    block.clear();
    manager.close();
  }
}
