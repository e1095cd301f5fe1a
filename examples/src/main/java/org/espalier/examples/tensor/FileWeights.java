package org.espalier.examples.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.mask.Mask;

/**
 * Weights and statistics from tensor files. A statistic of the weight NAME is the tensor {@code
 * NAME.key} of the statistics file, see {@link Statistic#key}; where that has none:
 *
 * <ul>
 *   <li>the gradient is the tensor NAME of the gradients file, its absolute value that of the
 *       gradient: one batch
 *   <li>the norms of the previous and the next layer come from the neighbours in the weights file,
 *       see {@link NeighborNorms}
 *   <li>the numbers of a tracking criterion are those after one step from zero with the gradient
 *       and learning rate 1
 * </ul>
 */
final class FileWeights implements WeightSource {

  /** Numbers of tracking criteria in statistics files: NAME.track. */
  private static final String TRACK = "track";

  private final MaskInputs inputs;
  private final Criterion criterion;
  private final long seed;

  /**
   * @param inputs open files
   * @param criterion says what is needed
   * @param seed of random choices
   */
  FileWeights(MaskInputs inputs, Criterion criterion, long seed) {
    this.inputs = inputs;
    this.criterion = criterion;
    this.seed = seed;
  }

  /**
   * Refuses tensors whose statistics are missing or have another extent, before values are read.
   *
   * @throws InvalidInputException naming the option and the tensor
   */
  void require(List<TensorHeader> tensors) {
    for (TensorHeader tensor : tensors) {
      for (Statistic statistic : criterion.needs()) {
        if (!computed(tensor.name(), statistic)) {
          find(tensor, statistic);
        }
      }
      if (criterion instanceof TrackingCriterion && track(tensor).isEmpty()) {
        find(tensor, Statistic.GRADIENT);
      }
    }
  }

  @Override
  public WeightTensor read(TensorInfo info, Map<String, Mask> masks) {
    TensorHeader header = inputs.weights().find(info.name()).orElseThrow();
    WeightTensor tensor =
        WeightTensor.of(
                info.name(), info.shape(), new NamedValues(inputs.weights(), header).finite())
            .withSeed(seed);
    for (Map.Entry<Statistic, Numbers> entry : statistics(header).entrySet()) {
      tensor = tensor.with(entry.getKey(), entry.getValue());
    }
    return criterion instanceof TrackingCriterion tracking
        ? tensor.withTrack(track(tracking, header, tensor))
        : tensor;
  }

  private Map<Statistic, Numbers> statistics(TensorHeader header) {
    Map<Statistic, Numbers> numbers = new LinkedHashMap<>();
    for (Statistic statistic : criterion.needs()) {
      if (computed(header.name(), statistic)) {
        NeighborNorms norms = new NeighborNorms(inputs.weights(), header);
        numbers.put(statistic, statistic == Statistic.NEXT_NORM ? norms.next() : norms.previous());
      } else {
        NamedValues found = find(header, statistic);
        Numbers values = found.finite();
        numbers.put(statistic, statistic == Statistic.GRADIENT_ABS ? absolute(values) : values);
      }
    }
    return numbers;
  }

  private double[] track(TrackingCriterion tracking, TensorHeader header, WeightTensor tensor) {
    Optional<NamedValues> given = track(header);
    if (given.isPresent()) {
      Numbers values = given.get().finite();
      return values.map(values::at);
    }
    WeightTensor step =
        criterion.needs().contains(Statistic.GRADIENT)
            ? tensor
            : tensor.with(Statistic.GRADIENT, find(header, Statistic.GRADIENT).finite());
    return tracking.track(new double[header.elements()], step, 1);
  }

  private static Numbers absolute(Numbers values) {
    return Numbers.of(values.map(i -> Math.abs(values.at(i))));
  }

  private Optional<NamedValues> track(TensorHeader tensor) {
    Optional<NamedValues> found = inputs.statistic(tensor.name() + "." + TRACK);
    found.ifPresent(values -> values.requireShape(tensor.shape()));
    return found;
  }

  private boolean computed(String name, Statistic statistic) {
    return (statistic == Statistic.PREVIOUS_NORM || statistic == Statistic.NEXT_NORM)
        && inputs.statistic(name + "." + statistic.key()).isEmpty();
  }

  private NamedValues find(TensorHeader tensor, Statistic statistic) {
    boolean fromGradients = statistic == Statistic.GRADIENT || statistic == Statistic.GRADIENT_ABS;
    String name = tensor.name() + "." + statistic.key();
    Optional<NamedValues> found = inputs.statistic(name);
    // The option that is named after it wins.
    if (statistic == Statistic.GRADIENT || (fromGradients && found.isEmpty())) {
      found = inputs.gradient(tensor.name()).or(() -> inputs.statistic(name));
    }
    NamedValues values =
        found.orElseThrow(() -> fromGradients ? noGradient(tensor) : noStatistic(name));
    values.requireFits(statistic, tensor.shape());
    return values;
  }

  private InvalidInputException noGradient(TensorHeader tensor) {
    return new InvalidInputException(
        "--gradients",
        "gradients of '%s' for the criterion '%s'".formatted(tensor.name(), criterion.type()),
        "none",
        "give a file with a tensor of this name, of shape " + Arrays.toString(tensor.shape()));
  }

  private InvalidInputException noStatistic(String name) {
    return new InvalidInputException(
        "--statistics",
        "a tensor '%s' for the criterion '%s'".formatted(name, criterion.type()),
        "none",
        "give a file that holds it");
  }
}
