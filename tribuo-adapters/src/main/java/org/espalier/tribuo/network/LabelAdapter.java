package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/** One label of several: softmax and cross entropy. */
public final class LabelAdapter implements OutputAdapter<Label> {

  private static final long serialVersionUID = 1L;

  /** One value per label, in the order of Tribuo's ids. */
  public LabelAdapter() {
    // Nothing to set.
  }

  @Override
  public Class<Label> type() {
    return Label.class;
  }

  @Override
  public List<String> names(ImmutableOutputInfo<Label> info) {
    return IntStream.range(0, info.size()).mapToObj(id -> info.getOutput(id).getLabel()).toList();
  }

  @Override
  public void write(Label output, ImmutableOutputInfo<Label> info, float[] targets, int from) {
    targets[from + info.getID(output)] = 1;
  }

  @Override
  public NDArray losses(NDArray targets, NDArray values) {
    return values.logSoftmax(1).mul(targets).sum(new int[] {1}).neg();
  }

  @Override
  public Prediction<Label> prediction(
      double[] values, ImmutableOutputInfo<Label> info, int used, Example<Label> example) {
    double[] probabilities = softmax(values);
    Map<String, Label> scores = new LinkedHashMap<>();
    Label best = null;
    for (int id = 0; id < values.length; id++) {
      Label label = new Label(info.getOutput(id).getLabel(), probabilities[id]);
      scores.put(label.getLabel(), label);
      if (best == null || label.getScore() > best.getScore()) {
        best = label;
      }
    }
    return new Prediction<>(best, scores, used, example, true);
  }

  private static double[] softmax(double[] values) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    double[] result = new double[values.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = StrictMath.exp(values[i] - largest);
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  /** Writes a softmax: probabilities. */
  @Override
  public ONNXNode writeGraph(ONNXRef<?> values, ImmutableOutputInfo<Label> info) {
    return values
        .onnxContext()
        .operation(ONNXOperators.SOFTMAX, List.of(values), "probabilities", Map.of("axis", 1));
  }

  @Override
  public boolean standardises() {
    return false;
  }

  @Override
  public boolean generatesProbabilities() {
    return true;
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
  }
}
