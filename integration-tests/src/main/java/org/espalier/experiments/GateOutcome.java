package org.espalier.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.sparse.mask.Mask;

/**
 * What a training with gates has left of a network.
 *
 * @param method label of the method
 * @param seed of the training
 * @param accuracy on the test set, in [0, 1]
 * @param layers from input to output
 */
record GateOutcome(String method, long seed, double accuracy, List<Layer> layers) {

  /**
   * What is left of a layer.
   *
   * @param kept weights
   * @param elements weights that there were
   * @param inputs units that still feed a weight: what papers print as the architecture
   */
  record Layer(long kept, long elements, int inputs) {

    static Layer of(Mask mask) {
      int inputs = mask.shape()[1];
      int inner = mask.elements() / mask.shape()[0] / inputs;
      boolean[] living = new boolean[inputs];
      for (int i = 0; i < mask.elements(); i++) {
        living[i / inner % inputs] |= mask.isKept(i);
      }
      int count = 0;
      for (boolean lives : living) {
        count += lives ? 1 : 0;
      }
      return new Layer(mask.keptCount(), mask.elements(), count);
    }
  }

  /** Reads the masks, whose paths are in the order of the layers. */
  static GateOutcome of(Method method, long seed, StudyRun.Result result) {
    Map<String, Mask> masks = result.state().masks();
    List<Layer> layers = masks.values().stream().map(Layer::of).toList();
    return new GateOutcome(method.label(), seed, result.accuracy(), layers);
  }

  void write(Path file) throws IOException {
    String lines =
        layers.stream()
            .map(layer -> "%d %d %d%n".formatted(layer.kept, layer.elements, layer.inputs))
            .collect(Collectors.joining());
    StudyTable.write(file, "%s %d %s%n%s".formatted(method, seed, accuracy, lines));
  }

  static GateOutcome read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] head = lines.get(0).split(" ");
    List<Layer> layers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(" ");
      layers.add(
          new Layer(
              Long.parseLong(fields[0]), Long.parseLong(fields[1]), Integer.parseInt(fields[2])));
    }
    return new GateOutcome(head[0], Long.parseLong(head[1]), Double.parseDouble(head[2]), layers);
  }

  long kept() {
    return layers.stream().mapToLong(Layer::kept).sum();
  }

  /** Returns all weights / kept weights, as papers count: biases are left out. */
  double timesFewer() {
    return (double) layers.stream().mapToLong(Layer::elements).sum() / kept();
  }

  /** Returns living inputs by layer, such as 266-88-33. */
  String architecture() {
    return layers.stream()
        .map(layer -> Integer.toString(layer.inputs))
        .collect(Collectors.joining("-"));
  }
}
