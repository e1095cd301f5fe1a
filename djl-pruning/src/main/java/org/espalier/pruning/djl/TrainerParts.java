package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;

/**
 * What a trainer holds that changes while it trains: parameters, and the counts and arrays of its
 * optimizer. Both can be copied to the host and put back in place, bit for bit. DJL shows the
 * optimizer to nobody; it is reached by reflection, and where that is not possible it is refused.
 */
public final class TrainerParts {

  private final Trainer trainer;
  private final Map<String, Parameter> byPath;
  private final KnownShapes shapes;
  private final Map<String, NDArray> trained;
  private final Map<String, String> optimizerIds = new TreeMap<>();

  private TrainerParts(Trainer trainer) {
    NetworkParameters network = new NetworkParameters(trainer.getModel().getBlock());
    this.trainer = trainer;
    this.byPath = new TreeMap<>(network.byPath());
    this.shapes = KnownShapes.of(network);
    Optional<PruningSession> session = PruningSession.of(trainer);
    session.ifPresent(PruningSession::bind);
    this.trained = session.map(s -> s.forward().trained()).orElse(Map.of());
    byPath.forEach((path, parameter) -> optimizerIds.put(path, parameter.getId()));
    session.ifPresent(s -> optimizerIds.putAll(s.forward().optimizerIds()));
  }

  /**
   * Looks at a trainer.
   *
   * @param trainer initialized
   * @throws IllegalStateException if it is not
   */
  public static TrainerParts of(Trainer trainer) {
    TrainerParts parts = new TrainerParts(trainer);
    if (parts.byPath.isEmpty()) {
      throw new IllegalStateException("call trainer.initialize(shape) first");
    }
    return parts;
  }

  /**
   * Copies all parameters to the host, frozen ones and running statistics included.
   *
   * @return by path
   * @throws InvalidInputException if float32 does not hold one exactly
   */
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> values = new TreeMap<>();
    byPath.forEach(
        (path, parameter) ->
            values.put(
                path,
                Tensor.ofFloats(
                    path, shapes.byPath().get(path), HostValues.read(path, arrays(path).get(0)))));
    return values;
  }

  /**
   * Refuses values of another network.
   *
   * @throws InvalidInputException naming the parameter
   */
  public void requireParameters(Map<String, Tensor> values) {
    values.forEach((path, tensor) -> shapes.requireShape(path, tensor.shape(), "for its values"));
    TreeSet<String> missing = new TreeSet<>(byPath.keySet());
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          missing.first(), "values for this parameter", "none", "start from a run of this network");
    }
  }

  /** Writes parameters on all devices, in place; {@link #requireParameters} has passed. */
  public void write(Map<String, Tensor> values) {
    values.forEach(
        (path, tensor) -> {
          for (NDArray array : arrays(path)) {
            HostValues.write(array, tensor.floats(), trainer.getManager());
          }
        });
  }

  /**
   * Copies what the optimizer remembers to the host.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public OptimizerMemory optimizerMemory() {
    return optimizer().memory(trainer.getDevices());
  }

  /**
   * Refuses the memory of another optimizer or another network.
   *
   * @throws InvalidInputException naming the difference
   */
  public void requireOptimizer(OptimizerMemory memory) {
    optimizer().requireType(memory);
    memory.counts().keySet().forEach(this::requireTrained);
    for (Map.Entry<OptimizerMemory.Key, float[]> entry : memory.arrays().entrySet()) {
      requireTrained(entry.getKey().path());
      if (!trained.containsKey(entry.getKey().path())) {
        shapes.requireValues(entry.getKey().path(), entry.getValue().length);
      }
      if (entry.getKey().device() < 0 || entry.getKey().device() >= trainer.getDevices().length) {
        throw new InvalidInputException(
            "trainer",
            "a device of index " + entry.getKey().device(),
            trainer.getDevices().length + " devices",
            "train on as many devices as before");
      }
    }
  }

  private void requireTrained(String path) {
    if (!trained.containsKey(path)) {
      shapes.requireKnown(path);
    }
  }

  /**
   * Refuses other settings: another momentum, weight decay or learning rate.
   *
   * @throws InvalidInputException naming the first that differs
   */
  public void requireSettings(OptimizerMemory memory) {
    optimizer().requireSettings(memory);
  }

  /**
   * Makes the optimizer remember just this; {@link #requireOptimizer} has passed. Arrays that it
   * has already stay where they are.
   */
  public void restore(OptimizerMemory memory) {
    Device[] devices = trainer.getDevices();
    optimizer().restore(memory, devices, (path, device) -> array(path, devices[device]));
  }

  private OptimizerAccess optimizer() {
    Optimizer optimizer =
        TrainerAccess.optimizer(trainer)
            .orElseThrow(
                () -> OptimizerAccess.unreadable("one that this trainer does not show", null));
    return new OptimizerAccess(optimizer, optimizerIds);
  }

  private NDArray array(String path, Device device) {
    if (trained.containsKey(path)) {
      return trained.get(path);
    }
    return arrays(path).stream()
        .filter(array -> array.getDevice().equals(device))
        .findFirst()
        .orElseGet(() -> arrays(path).get(0));
  }

  /** Returns the arrays of a parameter: its own, and those on other devices. */
  private List<NDArray> arrays(String path) {
    Parameter parameter = byPath.get(path);
    NDArray own = parameter.getArray();
    List<NDArray> arrays = new ArrayList<>(List.of(own));
    Arrays.stream(trainer.getDevices())
        .filter(device -> !device.equals(own.getDevice()))
        .forEach(device -> arrays.add(TrainerAccess.mirror(trainer, parameter, device)));
    return arrays;
  }
}
