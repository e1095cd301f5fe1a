package org.espalier.pruning.structured;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.op.Slice;

/** Small transformers for tests, and what is done with them. */
public final class Transformers {

  /** Tokens, positions, width of {@link #bert}. */
  public static final int TOKENS = 11;

  public static final int POSITIONS = 5;
  public static final int WIDTH = 12;

  private Transformers() {}

  /** BERT with heads and layers as told, and 10 hidden units. */
  public static Block bert(int heads, int layers) {
    return BertBlock.builder()
        .setTokenDictionarySize(TOKENS)
        .optTypeDictionarySize(2)
        .optEmbeddingSize(WIDTH)
        .optTransformerBlockCount(layers)
        .optAttentionHeadCount(heads)
        .optHiddenSize(10)
        .optMaxSequenceLength(POSITIONS)
        .build();
  }

  /** An encoder of width 12 without dropout. */
  public static Block encoder(int heads, int hidden) {
    return new TransformerEncoderBlock(WIDTH, heads, hidden, 0f, Activation::gelu);
  }

  /** What BERT reads. */
  public static List<DataDesc> bertInputs(int batch) {
    DataDesc ids = new DataDesc(new Shape(batch, POSITIONS), DataType.INT64);
    return List.of(ids, ids, ids);
  }

  /** Random ids of tokens and types, and masks whose first two tokens count. */
  public static NDList bertData(int batch, long seed, NDManager manager) {
    SplittableRandom random = new SplittableRandom(seed);
    long[][] values = new long[3][batch * POSITIONS];
    for (int i = 0; i < batch * POSITIONS; i++) {
      values[0][i] = random.nextInt(TOKENS);
      values[1][i] = random.nextInt(2);
      values[2][i] = i % POSITIONS < 2 ? 1 : random.nextInt(2);
    }
    NDList data = new NDList();
    for (long[] row : values) {
      data.add(manager.create(row, new Shape(batch, POSITIONS)));
    }
    return data;
  }

  /** Fills parameters: biases that are not 0, statistics that are not 0 and 1. */
  public static void fill(Block block, long seed, NDManager manager) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Pair<String, Parameter> pair : block.getParameters()) {
      NDArray array = pair.getValue().getArray();
      float[] values = new float[(int) array.size()];
      boolean positive = pair.getKey().endsWith("runningVar");
      for (int i = 0; i < values.length; i++) {
        double value = 2 * random.nextDouble() - 1;
        values[i] = (float) (positive ? 1 + value / 2 : value * 0.7);
      }
      HostValues.write(array, values, manager);
    }
  }

  /** Gives a network the parameters of another, which must have the same names. */
  public static void copy(Block from, Block to, NDManager manager) {
    for (Pair<String, Parameter> pair : from.getParameters()) {
      NDArray array = to.getParameters().get(pair.getKey()).getArray();
      float[] values = HostValues.read(pair.getKey(), pair.getValue().getArray());
      HostValues.write(array, values, manager);
    }
  }

  /** Returns the outputs of a network as it predicts, or trains. */
  public static List<float[]> run(Block block, NDList data, boolean training, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    List<float[]> outputs = new ArrayList<>();
    try (NDManager scratch = manager.newSubManager()) {
      NDList copies = new NDList();
      for (NDArray array : data) {
        NDArray copy = array.duplicate();
        copy.attach(scratch);
        copies.add(copy);
      }
      block.forward(store, copies, training).forEach(array -> outputs.add(array.toFloatArray()));
    }
    return outputs;
  }

  /** Returns the largest difference of outputs, infinity if there are not as many. */
  public static double difference(List<float[]> one, List<float[]> other) {
    double largest = one.size() == other.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (one.get(i).length != other.get(i).length) {
        return Double.POSITIVE_INFINITY;
      }
      for (int j = 0; j < one.get(i).length; j++) {
        largest = Math.max(largest, Math.abs(one.get(i)[j] - other.get(i)[j]));
      }
    }
    return largest;
  }

  /** Multiplies what a slice covers. */
  public static void scale(Block block, Slice slice, float factor, NDManager manager) {
    NDArray array = block.getParameters().get(slice.parameter()).getArray();
    float[] values = HostValues.read(slice.parameter(), array);
    Shape shape = array.getShape();
    long inner = shape.slice(slice.axis() + 1).size();
    for (int i = 0; i < values.length; i++) {
      if (i / inner % shape.get(slice.axis()) == slice.index()) {
        values[i] *= factor;
      }
    }
    HostValues.write(array, values, manager);
  }

  /** Each channel goes with some probability, never all of a group. */
  public static Selection random(StructuredNetwork network, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Selection selection = Selection.empty();
    for (ChannelGroup group : network.prunable()) {
      for (int channel = 0; channel < group.size(); channel++) {
        if (random.nextDouble() < share && selection.count(group) < group.size() - 1) {
          selection = selection.with(group, channel);
        }
      }
    }
    return selection;
  }
}
