package org.espalier.tribuo.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;

/** Networks as bytes. Weights that are mostly zero take a bit each, and 4 bytes if they live. */
final class NetworkBytes {

  private static final int LAYERED = 0;
  private static final int ENGINE = 1;
  private static final int MOST = 1 << 20;

  private NetworkBytes() {}

  static void write(TrainedNetwork network, ByteWriter out) {
    out.number(network instanceof LayeredNetwork ? LAYERED : ENGINE);
    out.numbers(network.inputShape());
    if (network instanceof LayeredNetwork layered) {
      out.number(layered.layers().size());
      layered.layers().forEach(layer -> LayerBytes.write(layer, out));
    } else if (network instanceof EngineNetwork engine) {
      writeEngine(engine, out);
    }
  }

  private static void writeEngine(EngineNetwork network, ByteWriter out) {
    Map<String, String> arguments = network.source().arguments();
    out.text(network.source().factory()).number(arguments.size());
    arguments.forEach((key, value) -> out.text(key).text(value));
    out.number(network.outputs()).number(network.tensors().size());
    for (NamedTensor tensor : network.tensors()) {
      out.text(tensor.name()).numbers(tensor.shape());
      out.number(tensor.prunable() ? 1 : 0).floats(tensor.values());
    }
  }

  /**
   * @throws org.espalier.sparse.InvalidInputException if the bytes are no network
   */
  static TrainedNetwork read(ByteReader in) {
    boolean layered = in.number("a kind of network", LAYERED, ENGINE) == LAYERED;
    int[] inputShape = in.numbers();
    return layered ? readLayers(inputShape, in) : readEngine(inputShape, in);
  }

  private static LayeredNetwork readLayers(int[] inputShape, ByteReader in) {
    List<NetworkLayer> layers = new ArrayList<>();
    int count = in.number("a number of layers", 1, MOST);
    for (int i = 0; i < count; i++) {
      layers.add(LayerBytes.read(in));
    }
    return new LayeredNetwork(inputShape, layers);
  }

  private static EngineNetwork readEngine(int[] inputShape, ByteReader in) {
    String factory = in.text();
    Map<String, String> arguments = new TreeMap<>();
    int count = in.number("a number of arguments", 0, MOST);
    for (int i = 0; i < count; i++) {
      arguments.put(in.text(), in.text());
    }
    int outputs = in.number("a number of outputs", 1, MOST);
    List<NamedTensor> tensors = new ArrayList<>();
    count = in.number("a number of parameters", 1, MOST);
    for (int i = 0; i < count; i++) {
      tensors.add(
          new NamedTensor(in.text(), in.numbers(), in.number("a flag", 0, 1) == 1, in.floats()));
    }
    return new EngineNetwork(new BlockSource(factory, arguments), inputShape, outputs, tensors);
  }
}
