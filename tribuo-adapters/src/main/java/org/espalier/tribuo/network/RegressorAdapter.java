package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.regression.Regressor;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/**
 * One or more numbers: mean squared error over the dimensions. The network learns (target - mean) /
 * standard deviation of each dimension, so that dimensions of any size count alike; predictions are
 * in the units of the data.
 */
public final class RegressorAdapter implements OutputAdapter<Regressor> {

  private static final long serialVersionUID = 1L;

  /** One value per dimension, in the order of their names. */
  public RegressorAdapter() {
    // Nothing to set.
  }

  @Override
  public Class<Regressor> type() {
    return Regressor.class;
  }

  @Override
  public List<String> names(ImmutableOutputInfo<Regressor> info) {
    return info.getDomain().stream().map(r -> r.getNames()[0]).sorted().toList();
  }

  @Override
  public void write(
      Regressor output, ImmutableOutputInfo<Regressor> info, float[] targets, int from) {
    int at = from;
    for (String name : names(info)) {
      double value =
          output
              .getDimension(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "dimension '%s' is missing in the output %s".formatted(name, output)))
              .getValue();
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "dimension '%s' of an output is %s, which nothing can learn".formatted(name, value));
      }
      targets[at++] = (float) value;
    }
  }

  @Override
  public NDArray losses(NDArray targets, NDArray values) {
    NDArray difference = values.sub(targets);
    return difference.mul(difference).mean(new int[] {1});
  }

  @Override
  public Prediction<Regressor> prediction(
      double[] values, ImmutableOutputInfo<Regressor> info, int used, Example<Regressor> example) {
    String[] names = names(info).toArray(String[]::new);
    return new Prediction<>(new Regressor(names, values), used, example);
  }

  /** Writes the numbers in the order of Tribuo's ids, which need not be that of the names. */
  @Override
  public ONNXNode writeGraph(ONNXRef<?> values, ImmutableOutputInfo<Regressor> info) {
    List<String> names = names(info);
    int[] columns = new int[names.size()];
    Arrays.setAll(columns, id -> names.indexOf(info.getOutput(id).getNames()[0]));
    ONNXContext graph = values.onnxContext();
    return graph.operation(
        ONNXOperators.GATHER,
        List.of(values, graph.array("dimensions", columns)),
        "numbers",
        Map.of("axis", 1));
  }

  @Override
  public boolean standardises() {
    return true;
  }

  @Override
  public boolean generatesProbabilities() {
    return false;
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
  }
}
