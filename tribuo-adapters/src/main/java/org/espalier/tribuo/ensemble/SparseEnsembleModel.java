package org.espalier.tribuo.ensemble;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.ensemble.EnsembleExcuse;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.provenance.EnsembleModelProvenance;

/**
 * An ensemble that shows its combiner and its weights, keeps both in copies, and does not ask
 * members of weight 0. Members may be models of any kind; they predict in batches.
 *
 * <p>Predictions are those of Tribuo's {@link WeightedEnsembleModel} with the same members,
 * combiner and weights, whose copies have even weights.
 *
 * @param <T> the kind of output
 */
public final class SparseEnsembleModel<T extends Output<T>> extends EnsembleModel<T>
    implements AutoCloseable {

  /** Version of the protobuf form. */
  public static final int CURRENT_VERSION = 0;

  private static final long serialVersionUID = 1L;

  private final Combination<T> combination;

  SparseEnsembleModel(
      String name,
      EnsembleModelProvenance provenance,
      ImmutableFeatureMap features,
      ImmutableOutputInfo<T> outputs,
      List<Model<T>> members,
      Combination<T> combination) {
    super(name, provenance, features, outputs, new ArrayList<>(members));
    this.combination = combination;
  }

  /**
   * Returns a Tribuo ensemble as one that keeps its weights, with the same members and provenance.
   * Combiner and weights are read from its message: Tribuo shows neither.
   *
   * @throws InvalidInputException if a weight is not finite, or all are zero
   */
  @SuppressWarnings("unchecked") // The combiner is that of the ensemble.
  public static <U extends Output<U>> SparseEnsembleModel<U> of(WeightedEnsembleModel<U> ensemble) {
    try {
      var proto = ensemble.serialize().getSerializedData().unpack(WeightedEnsembleModelProto.class);
      return new SparseEnsembleModel<>(
          ensemble.getName(),
          ensemble.getProvenance(),
          ensemble.getFeatureIDMap(),
          ensemble.getOutputIDInfo(),
          ensemble.getModels(),
          new Combination<>(
              (EnsembleCombiner<U>) EnsembleCombiner.deserialize(proto.getCombiner()),
              weights(proto)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message that was just written", e);
    }
  }

  private static float[] weights(WeightedEnsembleModelProto proto) {
    float[] weights = new float[proto.getWeightsCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = proto.getWeights(i);
    }
    return weights;
  }

  /**
   * Reads a model back; called by Tribuo.
   *
   * @param version of the form
   * @param className name of this class
   * @param message the form
   * @throws InvalidProtocolBufferException if the message is none
   * @throws InvalidInputException if its parts do not belong together
   */
  public static SparseEnsembleModel<?> deserializeFromProto(
      int version, String className, Any message) throws InvalidProtocolBufferException {
    if (version != CURRENT_VERSION) {
      throw new IllegalArgumentException(
          "Unknown version %d of %s, this class reads %d"
              .formatted(version, className, CURRENT_VERSION));
    }
    WeightedEnsembleModelProto proto = message.unpack(WeightedEnsembleModelProto.class);
    return of(ModelDataCarrier.deserialize(proto.getMetadata()), proto);
  }

  @SuppressWarnings("unchecked") // Compared with the class of the outputs.
  private static <U extends Output<U>> SparseEnsembleModel<U> of(
      ModelDataCarrier<U> carrier, WeightedEnsembleModelProto proto) {
    Class<U> type = (Class<U>) carrier.outputDomain().getOutput(0).getClass();
    EnsembleCombiner<?> combiner = EnsembleCombiner.deserialize(proto.getCombiner());
    if (combiner.getTypeWitness() != type) {
      throw damaged("a combiner of " + type.getName(), combiner.getTypeWitness().getName());
    }
    if (!(carrier.provenance() instanceof EnsembleModelProvenance provenance)) {
      throw damaged("the provenance of an ensemble", carrier.provenance().getClass().getName());
    }
    if (proto.getModelsCount() != proto.getWeightsCount()) {
      throw damaged("a weight for each member", proto.getWeightsCount() + "");
    }
    List<Model<U>> members = new ArrayList<>();
    for (ModelProto member : proto.getModelsList()) {
      Model<?> model = Model.deserialize(member);
      if (!model.validate(type)) {
        throw damaged("members with outputs of " + type.getName(), "another: " + model.getName());
      }
      members.add(model.castModel(type));
    }
    return new SparseEnsembleModel<>(
        carrier.name(),
        provenance,
        carrier.featureDomain(),
        carrier.outputDomain(),
        members,
        new Combination<>((EnsembleCombiner<U>) combiner, weights(proto)));
  }

  private static InvalidInputException damaged(String expected, String found) {
    return new InvalidInputException(
        "message of an ensemble", expected, found, "save the model again");
  }

  /** Returns what combines the predictions of members. */
  public EnsembleCombiner<T> combiner() {
    return combination.combiner();
  }

  /** Returns a copy of the weights, one per member in the order of {@link #getModels}. */
  public float[] weights() {
    return combination.weights().clone();
  }

  Combination<T> combination() {
    return combination;
  }

  /**
   * Predicts one example.
   *
   * @throws IllegalArgumentException if a member knows none of its features
   */
  @Override
  public Prediction<T> predict(Example<T> example) {
    return predictAll(List.of(example)).get(0);
  }

  /** Predicts in batches. */
  @Override
  protected List<Prediction<T>> innerPredict(Iterable<Example<T>> examples) {
    List<Example<T>> all = new ArrayList<>();
    examples.forEach(all::add);
    return predictAll(all);
  }

  private List<Prediction<T>> predictAll(List<Example<T>> examples) {
    List<List<Prediction<T>>> byMember = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      byMember.add(combination.isAsked(m) ? models.get(m).predict(examples) : null);
    }
    List<Prediction<T>> combined = new ArrayList<>();
    for (int e = 0; e < examples.size(); e++) {
      int at = e;
      List<Prediction<T>> predictions = new ArrayList<>();
      byMember.forEach(all -> predictions.add(all == null ? null : all.get(at)));
      combined.add(combination.combine(outputIDInfo, predictions));
    }
    return combined;
  }

  /**
   * Returns the features with the largest |score| for each output: scores are the means of those of
   * the members, by weight; a feature that a member does not name has the score 0 there. Of equal
   * scores, the name that comes first in the alphabet is first.
   *
   * @param n how many per output; all if negative
   */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    Map<String, Map<String, Double>> sums = new HashMap<>();
    for (int m = 0; m < models.size(); m++) {
      if (combination.isAsked(m)) {
        double share = combination.weights()[m] / totalWeight();
        add(models.get(m).getTopFeatures(-1), share, sums);
      }
    }
    Map<String, List<Pair<String, Double>>> top = new HashMap<>();
    sums.forEach(
        (output, scores) -> {
          List<Pair<String, Double>> features = pairs(scores);
          features.sort(Comparator.comparingDouble(feature -> -Math.abs(feature.getB())));
          int count = n < 0 ? features.size() : Math.min(n, features.size());
          top.put(output, new ArrayList<>(features.subList(0, count)));
        });
    return top;
  }

  private double totalWeight() {
    double total = 0;
    for (float weight : combination.weights()) {
      total += weight;
    }
    return total;
  }

  private static void add(
      Map<String, List<Pair<String, Double>>> scores,
      double factor,
      Map<String, Map<String, Double>> sums) {
    scores.forEach(
        (output, features) -> {
          Map<String, Double> sum = sums.computeIfAbsent(output, key -> new TreeMap<>());
          features.forEach(f -> sum.merge(f.getA(), factor * f.getB(), Double::sum));
        });
  }

  private static List<Pair<String, Double>> pairs(Map<String, Double> scores) {
    List<Pair<String, Double>> pairs = new ArrayList<>();
    scores.forEach((name, score) -> pairs.add(new Pair<>(name, score)));
    return pairs;
  }

  /**
   * Returns the sums, by weight, of the scores of the members' excuses, the largest first; empty if
   * no member gives one.
   */
  @Override
  public Optional<Excuse<T>> getExcuse(Example<T> example) {
    Map<String, Map<String, Double>> sums = new HashMap<>();
    List<Excuse<T>> excuses = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      Optional<Excuse<T>> excuse =
          combination.isAsked(m) ? models.get(m).getExcuse(example) : Optional.empty();
      if (excuse.isPresent()) {
        excuses.add(excuse.get());
        add(excuse.get().getScores(), combination.weights()[m], sums);
      }
    }
    if (excuses.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Pair<String, Double>>> scores = new HashMap<>();
    sums.forEach(
        (output, parts) -> {
          List<Pair<String, Double>> pairs = pairs(parts);
          pairs.sort(Comparator.comparingDouble(part -> -part.getB()));
          scores.put(output, pairs);
        });
    return Optional.of(new EnsembleExcuse<>(example, predict(example), scores, excuses));
  }

  /** Copies the members too: they share no native memory with those of this ensemble. */
  @Override
  protected SparseEnsembleModel<T> copy(
      String newName, EnsembleModelProvenance newProvenance, List<Model<T>> newModels) {
    List<Model<T>> members = new ArrayList<>();
    newModels.forEach(member -> members.add(member.copy()));
    return new SparseEnsembleModel<>(
        newName, newProvenance, featureIDMap, outputIDInfo, members, combination);
  }

  /** Returns the model as the message that Tribuo has for ensembles with weights. */
  @Override
  public ModelProto serialize() {
    WeightedEnsembleModelProto.Builder data =
        WeightedEnsembleModelProto.newBuilder()
            .setMetadata(createDataCarrier().serialize())
            .setCombiner(combiner().serialize());
    for (int m = 0; m < models.size(); m++) {
      data.addModels(models.get(m).serialize()).addWeights(combination.weights()[m]);
    }
    return ModelProto.newBuilder()
        .setClassName(SparseEnsembleModel.class.getName())
        .setVersion(CURRENT_VERSION)
        .setSerializedData(Any.pack(data.build()))
        .build();
  }

  /**
   * Closes the members that can be closed.
   *
   * @throws IllegalStateException if one cannot; the others are closed
   */
  @Override
  public void close() {
    IllegalStateException failure = null;
    for (Model<T> member : models) {
      if (member instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          failure = failure == null ? new IllegalStateException("a member stays open", e) : failure;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
