package org.espalier.tribuo.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A network whose blocks this package cannot read: DJL computes it. Weights stay in Java memory; a
 * DJL model is made of them when it is first needed, and freed by {@link #close}.
 */
final class EngineNetwork implements TrainedNetwork {

  private static final long serialVersionUID = 1L;
  private static final int LARGEST_BATCH = 256;

  private final BlockSource source;
  private final int[] inputShape;
  private final int outputs;
  private final NamedTensor[] tensors;
  private transient Model model;

  EngineNetwork(BlockSource source, int[] inputShape, int outputs, List<NamedTensor> tensors) {
    this.source = source;
    this.inputShape = inputShape.clone();
    this.outputs = outputs;
    this.tensors = tensors.toArray(NamedTensor[]::new);
    Shapes.size(inputShape);
  }

  BlockSource source() {
    return source;
  }

  List<NamedTensor> tensors() {
    return List.of(tensors);
  }

  @Override
  public int[] inputShape() {
    return inputShape.clone();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int largestBatch() {
    return LARGEST_BATCH;
  }

  @Override
  public synchronized float[] run(float[] input, int batch) {
    Model open = model();
    try (NDManager manager = open.getNDManager().newSubManager()) {
      int size = input.length / batch;
      NDArray columns = manager.create(input, new Shape(size, batch));
      NDArray rows = columns.transpose().reshape(BlockShapes.of(batch, inputShape));
      ParameterStore parameters = new ParameterStore(manager, false);
      NDArray result =
          open.getBlock().forward(parameters, new NDList(rows), false).singletonOrThrow();
      // In the engine's memory: a transposed view would be read in its old order.
      return result.reshape(batch, outputs).transpose().duplicate().toFloatArray();
    }
  }

  private Model model() {
    if (model == null) {
      Model loading = Model.newInstance("espalier", Device.cpu());
      try {
        Block block = source.newBlock(loading, outputs);
        loading.setBlock(block);
        NDManager manager = loading.getNDManager();
        block.initialize(manager, DataType.FLOAT32, BlockShapes.of(1, inputShape));
        fill(new NetworkParameters(block), manager);
        block.freezeParameters(true);
        model = loading;
      } finally {
        if (model == null) {
          loading.close();
        }
      }
    }
    return model;
  }

  private void fill(NetworkParameters block, NDManager manager) {
    Map<String, ai.djl.nn.Parameter> parameters = block.byPath();
    for (NamedTensor tensor : tensors) {
      ai.djl.nn.Parameter parameter = parameters.get(tensor.name());
      NDArray array = parameter == null ? null : parameter.getArray();
      if (array == null
          || parameters.size() != tensors.length
          || !array.getShape().equals(shape(tensor))) {
        throw new InvalidInputException(
            tensor.name(),
            "the %d parameters that the network was trained with, this one of shape %s"
                .formatted(tensors.length, Arrays.toString(tensor.shape())),
            "%d parameters, this one of shape %s"
                .formatted(parameters.size(), array == null ? "none" : array.getShape()),
            "give the factory back the behavior that it had in training");
      }
      HostValues.write(array, tensor.values(), manager);
    }
  }

  private static Shape shape(NamedTensor tensor) {
    return new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
  }

  /** Refuses: what such a network computes is known to DJL alone. */
  @Override
  public ONNXRef<?> writeGraph(ONNXRef<?> input) {
    throw new InvalidInputException(
        "ONNX export",
        "a network of layers that SparseNetworkModel.layers() names",
        "blocks of %s that DJL computes".formatted(source.factory()),
        "train a DenseNetworkSpec, a ConvolutionalNetworkSpec or a sequence of their blocks");
  }

  @Override
  public List<WeightCount> weights() {
    return Arrays.stream(tensors)
        .filter(NamedTensor::prunable)
        .map(tensor -> WeightCount.of(tensor.name(), tensor.values()))
        .toList();
  }

  @Override
  public EngineNetwork copy() {
    return new EngineNetwork(source, inputShape, outputs, tensors());
  }

  @Override
  public synchronized void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
