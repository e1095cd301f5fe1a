package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Input;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.Slice;

/** New weights and biases of a network's consumers, and the network that has them. */
final class Edits {

  private final StructuredNetwork network;
  private final ParameterList parameters;
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Set<String> biased = new LinkedHashSet<>();

  /** Nothing changes yet. */
  Edits(StructuredNetwork network) {
    this.network = network;
    this.parameters = network.block().getParameters();
  }

  /**
   * Returns the weights of a consumer as they are now: one row for each output, the bias last, 0 if
   * there is none.
   */
  double[][] weights(Consumer consumer) {
    double[] weight = values(consumer.weight());
    double[] bias = bias(consumer);
    int n = consumer.inputs() * consumer.taps();
    double[][] rows = new double[consumer.rows()][n + 1];
    for (int o = 0; o < rows.length; o++) {
      System.arraycopy(weight, (consumer.firstRow() + o) * n, rows[o], 0, n);
      rows[o][n] = bias.length == 0 ? 0 : bias[consumer.firstRow() + o];
    }
    return rows;
  }

  /** Changes the weights of a consumer. One without bias gets one if it needs it. */
  void set(Consumer consumer, double[][] rows) {
    double[] weight = values(consumer.weight());
    int n = consumer.inputs() * consumer.taps();
    for (int o = 0; o < rows.length; o++) {
      System.arraycopy(rows[o], 0, weight, (consumer.firstRow() + o) * n, n);
      if (rows[o][n] != 0 || bias(consumer).length > 0) {
        grownBias(consumer)[consumer.firstRow() + o] = rows[o][n];
      }
    }
  }

  private double[] bias(Consumer consumer) {
    boolean there = values.containsKey(consumer.bias()) || parameters.contains(consumer.bias());
    return there ? values(consumer.bias()) : new double[0];
  }

  private double[] grownBias(Consumer consumer) {
    if (bias(consumer).length == 0) {
      biased.add(consumer.prefix());
      int rows = Math.toIntExact(parameters.get(consumer.weight()).getArray().getShape().get(0));
      values.put(consumer.bias(), new double[rows]);
    }
    return bias(consumer);
  }

  private double[] values(String path) {
    return values.computeIfAbsent(
        path,
        key -> {
          float[] floats = HostValues.read(key, parameters.get(key).getArray());
          double[] doubles = new double[floats.length];
          for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
          }
          return doubles;
        });
  }

  /** Builds the network with all changes and without some channels. */
  Reconstructed without(Selection selection) {
    Op op = Layers.biased(network.op(), network.block(), biased);
    Block large = op.block();
    NDManager manager = NDManager.newBaseManager();
    try {
      large.initialize(
          manager,
          DataType.FLOAT32,
          network.inputs().stream().map(Input::shape).toArray(Shape[]::new));
      fill(large.getParameters(), manager);
      StructuredNetwork changed = StructuredNetwork.of(op, large, network.inputs());
      Selection same = biased.isEmpty() ? selection : translated(selection, changed);
      StructuredNetwork small =
          StructuredNetwork.of(changed.op(same), changed.without(same), network.inputs());
      return new Reconstructed(small, selection);
    } finally {
      large.clear();
      manager.close();
    }
  }

  private void fill(ParameterList large, NDManager manager) {
    for (Pair<String, Parameter> pair : large) {
      double[] edited = values.get(pair.getKey());
      Parameter original = parameters.get(pair.getKey());
      float[] floats;
      if (edited == null) {
        floats = HostValues.read(pair.getKey(), original.getArray());
      } else {
        floats = new float[edited.length];
        for (int i = 0; i < edited.length; i++) {
          floats[i] = (float) edited[i];
        }
      }
      HostValues.write(pair.getValue().getArray(), floats, manager);
      if (original != null) {
        pair.getValue().freeze(!original.requiresGradient());
      }
    }
  }

  /** New biases belong to channels, too: each channel is found again by a slice that it had. */
  private static Selection translated(Selection selection, StructuredNetwork changed) {
    Set<Slice> gone = new LinkedHashSet<>(selection.slices());
    Selection same = Selection.empty();
    for (ChannelGroup group : changed.prunable()) {
      for (int channel = 0; channel < group.size(); channel++) {
        if (group.channels().get(channel).stream().anyMatch(gone::contains)) {
          same = same.with(group, channel);
        }
      }
    }
    return same;
  }
}
