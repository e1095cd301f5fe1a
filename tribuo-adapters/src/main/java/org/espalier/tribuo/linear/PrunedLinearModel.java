package org.espalier.tribuo.linear;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.tribuo.PrunedWeights;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.SparseModel;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.la.SparseVector;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;

/**
 * One of Tribuo's linear models (labels, regressors, sets of labels) without its zero weights.
 *
 * <p>Predictions, scores and probabilities have the same bits as those of the model that it was
 * made from, unless a feature is infinite: the sums are added in the same order, without the
 * products that are zero.
 *
 * @param <T> the kind of output
 */
public final class PrunedLinearModel<T extends Output<T>> extends SparseModel<T> {

  /** Version of the protobuf form. */
  public static final int CURRENT_VERSION = 0;

  private static final long serialVersionUID = 1L;

  private final SparseWeights weights;
  private final LinearOutput<T> output;

  private PrunedLinearModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap features,
      ImmutableOutputInfo<T> outputs,
      boolean generatesProbabilities,
      SparseWeights weights,
      LinearOutput<T> output) {
    super(
        name,
        provenance,
        features,
        outputs,
        generatesProbabilities,
        active(features, outputs, weights, output));
    this.weights = weights;
    this.output = output;
  }

  /** Returns the names of the features with a weight, by output. */
  private static <U extends Output<U>> Map<String, List<String>> active(
      ImmutableFeatureMap features,
      ImmutableOutputInfo<U> outputs,
      SparseWeights weights,
      LinearOutput<U> output) {
    SparseLines rows = weights.rows();
    Map<String, List<String>> active = new HashMap<>();
    for (int o = 0; o < weights.outputs(); o++) {
      List<String> names = new ArrayList<>();
      for (int e = rows.pointers()[o]; e < rows.pointers()[o + 1]; e++) {
        names.add(features.get(rows.places()[e]).getName());
      }
      active.put(output.name(outputs, o), names);
    }
    return active;
  }

  /**
   * Returns the same model without its zeros. Its provenance is that of the model, with the counts
   * of {@link LinearProvenance} among the instance values.
   *
   * @param model trained with a {@link org.espalier.tribuo.PruningOptimiser}, or by anything else
   *     that leaves zeros
   * @throws IllegalArgumentException if it is not a linear model of labels, regressors or sets of
   *     labels, or its training has diverged
   */
  public static <U extends Output<U>> PrunedLinearModel<U> of(AbstractLinearSGDModel<U> model) {
    return of(model, LinearProvenance.of(model));
  }

  @SuppressWarnings("unchecked") // The output is that of the model.
  static <U extends Output<U>> PrunedLinearModel<U> of(
      AbstractLinearSGDModel<U> model, ModelProvenance provenance) {
    return new PrunedLinearModel<>(
        model.getName(),
        provenance,
        model.getFeatureIDMap(),
        model.getOutputIDInfo(),
        model.generatesProbabilities(),
        SparseWeights.of(model.getWeightsCopy()),
        (LinearOutput<U>) LinearOutputs.of(model));
  }

  /**
   * Reads a model back; called by Tribuo.
   *
   * @param version of the form
   * @param className name of this class
   * @param message the form
   * @throws InvalidProtocolBufferException if the message is none
   * @throws org.espalier.sparse.InvalidInputException if its bytes are damaged
   */
  public static PrunedLinearModel<?> deserializeFromProto(
      int version, String className, Any message) throws InvalidProtocolBufferException {
    if (version != CURRENT_VERSION) {
      throw new IllegalArgumentException(
          "Unknown version %d of %s, this class reads %d"
              .formatted(version, className, CURRENT_VERSION));
    }
    ByteReader in = new ByteReader(message.unpack(BytesValue.class).getValue().toByteArray());
    ModelDataCarrier<?> carrier =
        ModelDataCarrier.deserialize(ModelDataProto.parseFrom(in.bytes()));
    LinearOutput<?> output = LinearOutputs.read(in);
    SparseWeights weights =
        WeightBytes.read(carrier.outputDomain().size(), carrier.featureDomain().size(), in);
    in.requireEnd();
    return of(carrier, weights, output);
  }

  @SuppressWarnings("unchecked") // Checked just before.
  private static <U extends Output<U>> PrunedLinearModel<U> of(
      ModelDataCarrier<U> carrier, SparseWeights weights, LinearOutput<?> output) {
    if (!output.type().isInstance(carrier.outputDomain().getOutput(0))) {
      throw ByteReader.damaged("the outputs of the model", "those of another: " + carrier.name());
    }
    return new PrunedLinearModel<>(
        carrier.name(),
        carrier.provenance(),
        carrier.featureDomain(),
        carrier.outputDomain(),
        carrier.generatesProbabilities(),
        weights,
        (LinearOutput<U>) output);
  }

  /** Returns the exact counts of weights, and of those that are not stored. */
  public PrunedWeights weights() {
    long kept = weights.columns().values().length;
    return new PrunedWeights(
        List.of(new PrunedWeights.Count("weights", weights.elements(), weights.elements() - kept)));
  }

  /**
   * Predicts one example.
   *
   * @throws IllegalArgumentException if training has seen none of its features
   */
  @Override
  public Prediction<T> predict(Example<T> example) {
    // Tribuo's choice: it decides what happens to a feature that an example names twice.
    SGDVector features =
        example.size() == featureIDMap.size()
            ? DenseVector.createDenseVector(example, featureIDMap, true)
            : SparseVector.createSparseVector(example, featureIDMap, true);
    if (features.numActiveElements() == 1) {
      throw new IllegalArgumentException("No features found in Example " + example);
    }
    int used = features.numActiveElements() - 1;
    return output.prediction(weights.sums(features), outputIDInfo, used, example);
  }

  /**
   * Returns the features with the largest |weight| for each output, and their weights; the bias
   * takes part, pruned features do not.
   *
   * @param n how many per output; all if negative
   */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    SparseLines rows = weights.rows();
    Map<String, List<Pair<String, Double>>> top = new HashMap<>();
    for (int o = 0; o < weights.outputs(); o++) {
      List<Pair<String, Double>> features = new ArrayList<>();
      for (int e = rows.pointers()[o]; e < rows.pointers()[o + 1]; e++) {
        features.add(new Pair<>(featureIDMap.get(rows.places()[e]).getName(), rows.values()[e]));
      }
      features.add(new Pair<>(BIAS_FEATURE, weights.bias()[o]));
      features.sort(Comparator.comparingDouble(feature -> -Math.abs(feature.getB())));
      int count = n < 0 ? features.size() : Math.min(n, features.size());
      top.put(output.name(outputIDInfo, o), new ArrayList<>(features.subList(0, count)));
    }
    return top;
  }

  /**
   * Returns weight times value of each feature of the example that is not pruned, by output, the
   * largest first.
   */
  @Override
  public Optional<Excuse<T>> getExcuse(Example<T> example) {
    Map<String, List<Pair<String, Double>>> scores = new HashMap<>();
    for (int o = 0; o < weights.outputs(); o++) {
      List<Pair<String, Double>> parts = new ArrayList<>();
      parts.add(new Pair<>(BIAS_FEATURE, weights.bias()[o]));
      scores.put(output.name(outputIDInfo, o), parts);
    }
    for (Feature feature : example) {
      int id = featureIDMap.getID(feature.getName());
      double[] toOutputs = id < 0 ? new double[weights.outputs()] : weights.toOutputs(id);
      for (int o = 0; o < toOutputs.length; o++) {
        if (toOutputs[o] != 0) {
          scores
              .get(output.name(outputIDInfo, o))
              .add(new Pair<>(feature.getName(), toOutputs[o] * feature.getValue()));
        }
      }
    }
    scores.values().forEach(parts -> parts.sort(Comparator.comparingDouble(p -> -p.getB())));
    return Optional.of(new Excuse<>(example, predict(example), scores));
  }

  @Override
  protected PrunedLinearModel<T> copy(String newName, ModelProvenance newProvenance) {
    return new PrunedLinearModel<>(
        newName,
        newProvenance,
        featureIDMap,
        outputIDInfo,
        generatesProbabilities,
        weights,
        output);
  }

  /**
   * Returns the model as a message whose data are the bytes of Tribuo's model data, after their
   * length, and of the weights. A weight takes eight bytes if it lives, and either a bit, or the
   * number of its column.
   */
  @Override
  public ModelProto serialize() {
    ByteWriter out = new ByteWriter().bytes(createDataCarrier().serialize().toByteArray());
    LinearOutputs.write(output, out);
    WeightBytes.write(weights, out);
    return ModelProto.newBuilder()
        .setClassName(PrunedLinearModel.class.getName())
        .setVersion(CURRENT_VERSION)
        .setSerializedData(Any.pack(BytesValue.of(ByteString.copyFrom(out.toByteArray()))))
        .build();
  }
}
