package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.interop.onnx.DenseTransformer;
import org.tribuo.interop.onnx.ONNXExternalModel;
import org.tribuo.interop.onnx.OutputTransformer;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

/** A model beside its exported file, which Tribuo's ONNXExternalModel runs in ONNX Runtime. */
final class OnnxAgreement {

  private static final double RELATIVE = 1e-5;

  /** Of float32 sums that cancel: results near 0 have no better relative error. */
  private static final double ABSOLUTE = 1e-6;

  private OnnxAgreement() {}

  /** Asserts equal predictions for examples, and for the same with half of their features. */
  static <T extends Output<T>> void assertAgrees(
      Model<T> model, Path file, OutputTransformer<T> transformer, Dataset<T> examples) {
    try (var exported = load(model, file, transformer, examples.getOutputFactory())) {
      assertEquals(model.getProvenance(), exported.getTribuoProvenance().orElseThrow());
      assertSame(model.predict(examples), exported.predict(examples));
      List<Example<T>> halves = halves(examples);
      assertSame(model.predict(halves), exported.predict(halves));
      for (Example<T> half : halves.subList(0, 5)) {
        assertSame(List.of(model.predict(half)), List.of(exported.predict(half)));
      }
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  private static <T extends Output<T>> ONNXExternalModel<T> load(
      Model<T> model, Path file, OutputTransformer<T> transformer, OutputFactory<T> factory)
      throws OrtException {
    Map<String, Integer> features = new HashMap<>();
    for (VariableInfo feature : model.getFeatureIDMap()) {
      features.put(feature.getName(), model.getFeatureIDMap().getID(feature.getName()));
    }
    Map<T, Integer> outputs = new HashMap<>();
    for (Pair<Integer, T> output : model.getOutputIDInfo()) {
      outputs.put(output.getB(), output.getA());
    }
    return ONNXExternalModel.createOnnxModel(
        factory,
        features,
        outputs,
        new DenseTransformer(),
        transformer,
        new OrtSession.SessionOptions(), // Closed with the model.
        file,
        "input");
  }

  private static <T extends Output<T>> List<Example<T>> halves(Dataset<T> examples) {
    Random random = new Random(7);
    List<Example<T>> halves = new ArrayList<>();
    for (Example<T> example : examples) {
      ArrayExample<T> half = new ArrayExample<>(example.getOutput());
      for (Feature feature : example) {
        if (half.size() == 0 || random.nextBoolean()) {
          half.add(feature);
        }
      }
      halves.add(half);
    }
    return halves;
  }

  private static <T extends Output<T>> void assertSame(
      List<Prediction<T>> expected, List<Prediction<T>> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      Map<String, Double> numbers = numbers(expected.get(i));
      Map<String, Double> others = numbers(found.get(i));
      assertEquals(numbers.keySet(), others.keySet());
      numbers.forEach(
          (name, number) ->
              assertEquals(number, others.get(name), RELATIVE * Math.abs(number) + ABSOLUTE, name));
    }
  }

  /** Returns the scores of all outputs, or the values of all dimensions. */
  private static <T extends Output<T>> Map<String, Double> numbers(Prediction<T> prediction) {
    Map<String, Double> numbers = new HashMap<>();
    if (prediction.getOutput() instanceof Regressor regressor) {
      regressor.forEach(dimension -> numbers.put(dimension.getName(), dimension.getValue()));
    }
    prediction.getOutputScores().forEach((name, output) -> numbers.put(name, score(output)));
    return numbers;
  }

  private static double score(Output<?> output) {
    return output instanceof MultiLabel labels
        ? labels.getLabelSet().iterator().next().getScore()
        : ((Label) output).getScore();
  }
}
