package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.optimizer.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Forward;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * The parameters of one training whose layers compute with a function of the stored weights. A
 * parameter that no such group owns costs nothing here.
 *
 * <p>What is handed out, and what is trained besides the weights, lives on a manager of its own.
 */
public final class ForwardWeights implements AutoCloseable {

  private static final String STOPPED = "stopped";

  private final NDManager manager;
  private final Map<String, Layer> layers = new TreeMap<>();
  private Optional<Optimizer> optimizer = Optional.empty();
  private boolean stopped;
  private int updates;

  /**
   * @param relative any manager of the engine
   */
  public ForwardWeights(NDManager relative) {
    manager = relative.getEngine().newBaseManager(relative.getDevice());
    manager.setName("espalier-forward");
  }

  /**
   * Starts the rules of a recipe; the parameters have their values from the begin.
   *
   * @param parameters by path
   * @param optimizer of the training, itself and not a wrapper; it moves what is trained besides
   *     the weights
   * @param devices how many devices train
   * @throws InvalidInputException if a parameter is frozen or not of single precision, or the
   *     training does not show what a rule needs
   */
  public void bind(
      Binding binding,
      Map<String, Parameter> parameters,
      Optional<Optimizer> optimizer,
      int devices) {
    this.optimizer = optimizer;
    Map<String, Layer> bound = new TreeMap<>();
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (!group.forward().latent()) {
        continue;
      }
      for (TensorInfo tensor : binding.members().get(g)) {
        Parameter parameter = parameters.get(tensor.name());
        requireServes(group.forward(), tensor.name(), parameter, devices);
        NDArray stored = parameter.getArray();
        LayerSite site =
            new LayerSite(
                tensor, group.pattern(), stored.toFloatArray(), binding.recipe().seed(), manager);
        LayerRule rule = LayerRules.of(group.forward(), site);
        bound.put(tensor.name(), new Layer(parameter.getId(), stored, rule, site));
      }
    }
    if (optimizer.isEmpty()
        && bound.values().stream().anyMatch(layer -> layer.rule().trained().isPresent())) {
      throw new InvalidInputException(
          "forward",
          "a trainer that shows its optimizer, which moves gates and thresholds as well",
          "one that does not",
          "use model.newTrainer(Pruning.attach(config, recipe))");
    }
    layers.putAll(bound);
  }

  private static void requireServes(Forward rule, String path, Parameter parameter, int devices) {
    String place = "forward rule '" + rule.type() + "' for " + path;
    if (!parameter.requiresGradient()) {
      throw new InvalidInputException(
          place,
          "a parameter that is trained",
          "a frozen one",
          "exclude it from the group, or do not freeze it");
    }
    if (parameter.getArray().getDataType() != DataType.FLOAT32) {
      throw new InvalidInputException(
          place,
          "weights of single precision",
          parameter.getArray().getDataType().toString(),
          "exclude it from the group");
    }
    if (devices > 1) {
      throw new InvalidInputException(
          place, "training on one device", devices + " devices", "train on one device");
    }
  }

  /** Returns whether no parameter is computed with in another way than as it is stored. */
  public boolean isEmpty() {
    return layers.isEmpty();
  }

  /** Returns the paths of the parameters that have a rule. */
  public Set<String> paths() {
    return layers.keySet();
  }

  /**
   * Returns the arrays that are trained besides the weights, themselves.
   *
   * @return by {@code PATH-NAME}
   */
  public Map<String, NDArray> trained() {
    Map<String, NDArray> arrays = new TreeMap<>();
    layers.forEach(
        (path, layer) ->
            layer
                .rule()
                .trained()
                .ifPresent(trained -> arrays.put(path + "-" + trained.name(), trained.array())));
    return arrays;
  }

  /** Returns under which id the optimizer knows each of {@link #trained()}, by the same names. */
  public Map<String, String> optimizerIds() {
    Map<String, String> ids = new TreeMap<>();
    layers.forEach(
        (path, layer) ->
            layer
                .optimizerId()
                .ifPresent(id -> ids.put(path + "-" + layer.rule().trained().get().name(), id)));
    return ids;
  }

  /** Returns whether a parameter has a rule. */
  public boolean covers(String path) {
    return layers.containsKey(path);
  }

  /**
   * Returns what a layer computes with in a forward pass.
   *
   * @param path of a parameter that has a rule
   * @return an array that stays valid until the same is asked for again or a step ends
   */
  public NDArray value(String path, boolean training, TrainingTime time) {
    Layer layer = layers.get(path);
    return training ? layer.value(time) : layer.settledValue();
  }

  /** Returns what a layer computes with outside training, row-major; pruned weights are +0. */
  public float[] settled(String path) {
    return layers.get(path).settledOnHost();
  }

  /** Returns whether a parameter has a rule that masks are decided for. */
  public boolean takesMasks(String path) {
    return covers(path) && layers.get(path).rule().takesMasks();
  }

  /** Returns which weights are trained under a mask that a training starts with. */
  public Mask backwardSet(String path, Mask forward) {
    return layers.get(path).rule().startingSet(forward);
  }

  /** Takes masks that have just been decided: what layers see, and what is trained. */
  public void decided(String path, Mask forward, Mask backward) {
    layers.get(path).decided(forward, backward);
  }

  /**
   * Gradients of a step are complete, no weight is updated yet: penalties are added, gradients
   * reach the weights that are trained and no others, and gates and thresholds are moved.
   */
  public void update(TrainingTime time) {
    // In the second step: a trainer that was not initialized reads the first as if it was only now.
    if (++updates == 2 && !isEmpty() && layers.values().stream().noneMatch(Layer::wasRead)) {
      throw new InvalidInputException(
          "forward",
          "layers that read their weights from the trainer's parameter store",
          "none of " + paths() + " was read there",
          "train by trainer.forward, and leave the store that Espalier has set");
    }
    for (Layer layer : layers.values()) {
      layer.update(optimizer, time);
    }
  }

  /** A step is held back: what was trained besides the weights forgets its gradients. */
  public void skip() {
    layers.values().forEach(Layer::zeroGradient);
  }

  /** A weight was just updated: brings back what must not move. */
  public void hold(String path) {
    layers.get(path).hold();
  }

  /** A step begins: its first forward pass is to come. */
  public void beginStep() {
    layers.values().forEach(Layer::beginStep);
  }

  /** A step is over. */
  public void finishStep() {
    layers.values().forEach(Layer::finishStep);
  }

  /** Returns the sum of the penalties that rules have added to the loss at this moment. */
  public double penalty(TrainingTime time) {
    return layers.values().stream().mapToDouble(layer -> layer.penalty(time)).sum();
  }

  /** Stops all rules: layers compute with the stored weights from now on. */
  public void stop() {
    stopped = !layers.isEmpty() || stopped;
    layers.clear();
  }

  /**
   * Returns what a checkpoint must keep besides weights and masks: by parameter path, a slash and a
   * name. Empty where there are no rules.
   */
  public Map<String, float[]> memory() {
    Map<String, float[]> memory = new TreeMap<>();
    layers.forEach(
        (path, layer) ->
            layer.memory().forEach((name, values) -> memory.put(path + "/" + name, values)));
    if (stopped) {
      memory.put(STOPPED, new float[] {1});
    }
    return memory;
  }

  /**
   * Goes on from what {@link #memory} returned in a run of the same recipe and network. Masks that
   * the run starts with come after.
   *
   * @throws InvalidInputException if gates or thresholds are missing; nothing is changed then
   */
  public void restore(Map<String, float[]> memory) {
    if (memory.containsKey(STOPPED)) {
      stop();
    }
    for (Map.Entry<String, Layer> layer : layers.entrySet()) {
      layer
          .getValue()
          .rule()
          .trained()
          .map(Trained::name)
          .ifPresent(name -> requireKey(memory, layer.getKey() + "/" + name));
    }
    layers.forEach(
        (path, layer) -> {
          Map<String, float[]> own = new TreeMap<>();
          memory.forEach(
              (key, values) -> {
                if (key.startsWith(path + "/")) {
                  own.put(key.substring(path.length() + 1), values);
                }
              });
          layer.restore(own);
        });
  }

  private static void requireKey(Map<String, float[]> memory, String key) {
    if (!memory.containsKey(key)) {
      throw new InvalidInputException(
          "forward",
          "what a rule has trained, " + key,
          memory.keySet().toString(),
          "go on with the recipe that was saved");
    }
  }

  /** Returns the arrays that live now on this class's own manager. */
  public List<NDArray> arrays() {
    return manager.getManagedArrays();
  }

  @Override
  public void close() {
    layers.clear();
    manager.close();
  }
}
