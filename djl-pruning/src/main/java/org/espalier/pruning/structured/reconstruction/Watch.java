package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.capture.Capture;
import org.espalier.pruning.djl.capture.Features;
import org.espalier.pruning.djl.capture.Observer;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/** One forward pass in which all consumers are watched. */
final class Watch {

  /** Sees what a consumer's layer reads. */
  interface Reader {

    /**
     * Reads a batch.
     *
     * @param input of the layer; features are its channels, or what is on a linear layer's last
     *     axis
     * @param shape of the input
     */
    void read(Features input, Shape shape);
  }

  private final Map<String, List<Reader>> readers = new LinkedHashMap<>();
  private final Map<String, Boolean> convolutions = new LinkedHashMap<>();

  /** From now on a reader sees the input of a consumer's layer. */
  <T extends Reader> T add(Consumer consumer, T reader) {
    readers.computeIfAbsent(consumer.weight(), key -> new ArrayList<>()).add(reader);
    convolutions.put(consumer.weight(), consumer.convolution() != null);
    return reader;
  }

  /** Runs all batches. */
  void run(StructuredNetwork network, Samples samples) {
    if (readers.isEmpty()) {
      return;
    }
    Map<String, Observer> observers = new LinkedHashMap<>();
    readers.forEach(
        (weight, all) -> {
          boolean convolution = convolutions.get(weight);
          observers.put(weight, new Shown(weight, convolution, all));
        });
    Capture.forward(samples.probe(network), observers);
  }

  private record Shown(String weight, boolean convolution, List<Reader> readers)
      implements Observer {

    @Override
    public void input(NDArray input) {
      int axis = convolution ? 1 : input.getShape().dimension() - 1;
      Features features = Features.of(input, axis);
      for (float value : features.values()) {
        if (!Float.isFinite(value)) {
          throw new InvalidInputException(
              weight, "finite numbers where it reads", "" + value, "check samples and weights");
        }
      }
      readers.forEach(reader -> reader.read(features, input.getShape()));
    }
  }
}
