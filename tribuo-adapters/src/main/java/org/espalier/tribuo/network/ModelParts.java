package org.espalier.tribuo.network;

import java.io.Serializable;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;

/**
 * All of a model that is not Tribuo's.
 *
 * @param adapter what the network's values mean
 * @param encoder makes the network's input
 * @param network computes
 * @param scaling brings its values to the units of the data
 */
record ModelParts(
    OutputAdapter<?> adapter, InputEncoder encoder, TrainedNetwork network, OutputScaling scaling)
    implements Serializable {

  private static final int MAGIC = 0x4553_4e4d;

  /** The adapters by the number that stands for them; never reordered. */
  private static final List<OutputAdapter<?>> ADAPTERS =
      List.of(new LabelAdapter(), new RegressorAdapter(), new MultiLabelAdapter());

  ModelParts {
    int width = scaling.means().length;
    if (encoder.size() != Shapes.size(network.inputShape())
        || network.outputs() != width
        || scaling.deviations().length != width) {
      throw new InvalidInputException(
          "network",
          "%d inputs and %d outputs".formatted(encoder.size(), width),
          "%d and %d".formatted(Shapes.size(network.inputShape()), network.outputs()),
          "the parts belong to different models");
    }
  }

  /** Returns all as bytes. */
  byte[] toBytes() {
    ByteWriter out = new ByteWriter().number(MAGIC).number(indexOf(adapter));
    out.numbers(encoder.layout().shape()).numbers(encoder.layout().positions());
    out.floats(encoder.scaling().shifts()).floats(encoder.scaling().factors());
    out.doubles(scaling.means()).doubles(scaling.deviations());
    NetworkBytes.write(network, out);
    return out.toByteArray();
  }

  private static int indexOf(OutputAdapter<?> adapter) {
    for (int i = 0; i < ADAPTERS.size(); i++) {
      if (ADAPTERS.get(i).type() == adapter.type()) {
        return i;
      }
    }
    throw new IllegalStateException("no number for " + adapter.getClass());
  }

  /**
   * Reads all from bytes.
   *
   * @throws InvalidInputException if they are damaged
   */
  static ModelParts of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.number("the mark of a network", MAGIC, MAGIC);
    OutputAdapter<?> adapter = ADAPTERS.get(in.number("a kind of output", 0, ADAPTERS.size() - 1));
    InputLayout layout = new InputLayout(in.numbers(), in.numbers());
    InputScaling inputs = new InputScaling(in.floats(), in.floats());
    OutputScaling outputs = new OutputScaling(in.doubles(), in.doubles());
    ModelParts parts =
        new ModelParts(adapter, new InputEncoder(layout, inputs), NetworkBytes.read(in), outputs);
    in.requireEnd();
    return parts;
  }

  /** Returns the same, sharing no native memory. */
  ModelParts copy() {
    return new ModelParts(adapter, encoder, network.copy(), scaling);
  }
}
