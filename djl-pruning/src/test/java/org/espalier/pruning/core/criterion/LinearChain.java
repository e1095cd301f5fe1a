package org.espalier.pruning.core.criterion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Mask;

/**
 * Linear layers one after the other, and their synaptic flow, in plain Java.
 *
 * @param shapes (out, in) of each layer, first layer first
 * @param values row-major
 */
record LinearChain(List<int[]> shapes, List<float[]> values) {

  /** Returns the layers as parameters named by their place. */
  List<TensorInfo> tensors() {
    List<TensorInfo> tensors = new ArrayList<>();
    for (int layer = 0; layer < shapes.size(); layer++) {
      tensors.add(new TensorInfo(Integer.toString(layer), shapes.get(layer), true));
    }
    return tensors;
  }

  /** Returns R, the flow from all inputs to all outputs under masks. */
  double flow(Map<String, Mask> masks) {
    return Arrays.stream(forward(shapes.size(), masks)).sum();
  }

  /** Returns a layer with its flow gradient: ∂R/∂|w_oi| = (flow into i) (flow out of o). */
  WeightTensor read(TensorInfo tensor, Map<String, Mask> masks) {
    int layer = Integer.parseInt(tensor.name());
    double[] in = forward(layer, masks);
    double[] out = backward(layer, masks);
    float[] gradient = new float[in.length * out.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (out[i / in.length] * in[i % in.length]);
    }
    return WeightTensor.of(tensor.name(), tensor.shape(), values.get(layer))
        .with(Statistic.FLOW_GRADIENT, gradient);
  }

  /** Flow into the units that a layer reads. */
  private double[] forward(int layer, Map<String, Mask> masks) {
    double[] flow = new double[shapes.get(0)[1]];
    Arrays.fill(flow, 1);
    for (int l = 0; l < layer; l++) {
      double[] next = new double[shapes.get(l)[0]];
      for (int i = 0; i < values.get(l).length; i++) {
        next[i / flow.length] += weight(l, i, masks) * flow[i % flow.length];
      }
      flow = next;
    }
    return flow;
  }

  /** Flow from the units that a layer writes to the outputs. */
  private double[] backward(int layer, Map<String, Mask> masks) {
    double[] flow = new double[shapes.get(shapes.size() - 1)[0]];
    Arrays.fill(flow, 1);
    for (int l = shapes.size() - 1; l > layer; l--) {
      int inputs = shapes.get(l)[1];
      double[] next = new double[inputs];
      for (int i = 0; i < values.get(l).length; i++) {
        next[i % inputs] += weight(l, i, masks) * flow[i / inputs];
      }
      flow = next;
    }
    return flow;
  }

  private double weight(int layer, int index, Map<String, Mask> masks) {
    Mask mask = masks.get(Integer.toString(layer));
    return mask == null || mask.isKept(index) ? Math.abs(values.get(layer)[index]) : 0;
  }
}
