package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.evidence.Samples;
import org.espalier.sparse.InvalidInputException;

/**
 * What one decision has seen of the training so far: copies of batches and sums of gradients, where
 * a due group needs them. It takes as many steps as the group that looks at the most batches wants;
 * a group that wants fewer takes the last ones. All batches that gradients were accumulated over
 * before one {@code Trainer.step()} are one step's.
 */
final class Gathering implements AutoCloseable {

  private final TrainingTime moment;
  private final List<GroupEvidence> due;
  private final int steps;
  private final Map<String, double[]> gradients = new HashMap<>();

  /** The batches of each step; the last list belongs to the step that is going on. */
  private final List<List<Sample>> batches = new ArrayList<>(List.of(new ArrayList<>()));

  private NDManager manager;

  /**
   * @param moment that the decision belongs to
   * @param due the groups that decide
   */
  Gathering(TrainingTime moment, List<GroupEvidence> due) {
    this.moment = moment;
    this.due = due;
    this.steps = due.stream().mapToInt(GroupEvidence::steps).max().orElse(1);
  }

  TrainingTime moment() {
    return moment;
  }

  /** Keeps a copy of a batch if a group wants one of this step. */
  void see(Batch batch, NDManager relative) {
    if (due.stream().anyMatch(group -> group.keepsBatches() && wantsThisStep(group))) {
      if (manager == null) {
        manager = relative.getEngine().newBaseManager(relative.getDevice());
        manager.setName("espalier-evidence");
      }
      batches.get(batches.size() - 1).add(Samples.copy(batch, manager));
    }
  }

  /**
   * Gradients of a step are complete.
   *
   * @return whether this was the last step that is needed
   * @throws InvalidInputException if a group wants this step's batch and nobody has shown it
   */
  boolean finishStep(Binding binding, Mirrors mirrors) {
    boolean last = batches.size() == steps;
    for (GroupEvidence group : due) {
      if (!wantsThisStep(group)) {
        continue;
      }
      if (group.keepsBatches() && batches.get(batches.size() - 1).isEmpty()) {
        throw unseen(group);
      }
      // A single batch's gradient is read when it is used.
      if (group.takesTrainingGradient() && group.steps() > 1) {
        for (TensorInfo tensor : members(binding, group.group())) {
          add(tensor.name(), mirrors.gradient(tensor.name()));
        }
      }
    }
    if (!last) {
      batches.add(new ArrayList<>());
    }
    return last;
  }

  private boolean wantsThisStep(GroupEvidence group) {
    return batches.size() > steps - group.steps();
  }

  private static List<TensorInfo> members(Binding binding, PruningGroup group) {
    return binding.members().get(binding.recipe().groups().indexOf(group));
  }

  private void add(String path, float[] gradient) {
    double[] sum = gradients.computeIfAbsent(path, p -> new double[gradient.length]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += gradient[i];
    }
  }

  private static InvalidInputException unseen(GroupEvidence group) {
    return new InvalidInputException(
        "group '" + group.group().name() + "'",
        "a training batch to measure " + group.names() + " on",
        "none shown to training listeners",
        "train by EasyTrain.trainBatch, or call trainer.notifyListeners(l ->"
            + " l.onTrainingBatch(trainer, batchData)) after backward, or give batches beforehand"
            + " (PruningListener.withEvidence, Pruning.attach)");
  }

  /** Returns the gradient of the training: this step's, or the sum over the group's steps. */
  float[] gradient(String path, Mirrors mirrors) {
    double[] sum = gradients.get(path);
    if (sum == null) {
      return mirrors.gradient(path);
    }
    float[] rounded = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      rounded[i] = (float) sum[i];
    }
    return rounded;
  }

  /** Returns the copies of the batches of a group's steps. */
  List<Sample> samples(GroupEvidence group) {
    return batches.subList(Math.max(0, batches.size() - group.steps()), batches.size()).stream()
        .flatMap(List::stream)
        .toList();
  }

  /** Returns all arrays that are kept. */
  List<NDArray> keptArrays() {
    return batches.stream()
        .flatMap(List::stream)
        .flatMap(sample -> Stream.concat(sample.data().stream(), sample.labels().stream()))
        .toList();
  }

  /** Frees the copies. */
  @Override
  public void close() {
    if (manager != null) {
      manager.close();
      manager = null;
    }
  }
}
