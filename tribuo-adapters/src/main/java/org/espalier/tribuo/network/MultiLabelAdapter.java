package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/** Any number of labels: a sigmoid for each, and the mean of their cross entropies. */
public final class MultiLabelAdapter implements OutputAdapter<MultiLabel> {

  private static final long serialVersionUID = 1L;

  /** A label is predicted if its probability is above this. */
  private static final double THRESHOLD = 0.5;

  /** One value per label, in the order of Tribuo's ids. */
  public MultiLabelAdapter() {
    // Nothing to set.
  }

  @Override
  public Class<MultiLabel> type() {
    return MultiLabel.class;
  }

  @Override
  public List<String> names(ImmutableOutputInfo<MultiLabel> info) {
    return IntStream.range(0, info.size())
        .mapToObj(id -> info.getOutput(id).getLabelString())
        .toList();
  }

  @Override
  public void write(
      MultiLabel output, ImmutableOutputInfo<MultiLabel> info, float[] targets, int from) {
    for (Label label : output.getLabelSet()) {
      targets[from + info.getID(new MultiLabel(label.getLabel()))] = 1;
    }
  }

  /** With x a value and t its target: log(1 + exp(x)) - x t, which does not overflow. */
  @Override
  public NDArray losses(NDArray targets, NDArray values) {
    return Activation.softPlus(values).sub(values.mul(targets)).mean(new int[] {1});
  }

  @Override
  public Prediction<MultiLabel> prediction(
      double[] values,
      ImmutableOutputInfo<MultiLabel> info,
      int used,
      Example<MultiLabel> example) {
    Map<String, MultiLabel> scores = new LinkedHashMap<>();
    Set<Label> chosen = new HashSet<>();
    for (int id = 0; id < values.length; id++) {
      double probability = 1 / (1 + StrictMath.exp(-values[id]));
      Label label = new Label(info.getOutput(id).getLabelString(), probability);
      scores.put(label.getLabel(), new MultiLabel(label));
      if (probability > THRESHOLD) {
        chosen.add(label);
      }
    }
    return new Prediction<>(new MultiLabel(chosen), scores, used, example, true);
  }

  /** Writes a sigmoid: the probability of each label. */
  @Override
  public ONNXNode writeGraph(ONNXRef<?> values, ImmutableOutputInfo<MultiLabel> info) {
    return values.apply(ONNXOperators.SIGMOID, "probabilities");
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
