package org.espalier.pruning.structured.run;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.pruning.structured.NetworkSize;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.saved.Architecture;
import org.espalier.pruning.structured.saved.SavedNetwork;

/**
 * What became of a network.
 *
 * @param network the smaller one
 * @param groups those that competed, in the order of the network
 * @param before what the network cost
 * @param steps at least one
 */
public record PrunedNetwork(
    StructuredNetwork network, List<Group> groups, NetworkSize before, List<Step> steps) {

  /**
   * A group of channels.
   *
   * @param name of the group
   * @param before channels before anything was removed
   * @param after channels that are left
   */
  public record Group(String name, int before, int after) {}

  /**
   * One removal.
   *
   * @param remove the fraction of the target's measure that was to be gone after it
   * @param selection that went, of the network as it was before this step
   * @param after what the network cost after it
   */
  public record Step(double remove, Selection selection, NetworkSize after) {}

  /** Copies the lists. */
  public PrunedNetwork {
    groups = List.copyOf(groups);
    steps = List.copyOf(steps);
  }

  /** Returns the smaller block, initialized; closing it is the caller's, {@link Block#clear()}. */
  public Block block() {
    return network.block();
  }

  /** Returns what the smaller network costs. */
  public NetworkSize after() {
    return network.size();
  }

  /** Returns how many channels went. */
  public int removed() {
    return steps.stream().mapToInt(step -> step.selection().count()).sum();
  }

  /** Returns a line for each group, and one for the network. */
  public String table() {
    String lines =
        groups.stream()
            .map(
                group ->
                    String.format(
                        Locale.ROOT,
                        "%-48s %6d -> %6d channels%n",
                        group.name(),
                        group.before(),
                        group.after()))
            .collect(Collectors.joining());
    NetworkSize after = after();
    return lines
        + String.format(
            Locale.ROOT,
            "%d -> %d parameters, %d -> %d FLOPs",
            before.parameters(),
            after.parameters(),
            before.flops(),
            after.flops());
  }

  /**
   * Returns a new model of the smaller block; closing it frees the block.
   *
   * @param name of the model
   */
  public Model newModel(String name) {
    Model model = Model.newInstance(name);
    setIn(model);
    return model;
  }

  /**
   * Puts the smaller block into a model, in place of the block that is there. The block belongs to
   * the model from then on.
   *
   * @param model any, also the one that was pruned; its old block stays with its owner
   */
  public void setIn(Model model) {
    Set<NDManager> before = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Parameter parameter : block().getParameters().values()) {
      NDArray array = parameter.getArray();
      before.add(array.getManager());
      array.attach(model.getNDManager());
    }
    before.remove(model.getNDManager());
    before.forEach(NDManager::close);
    model.setBlock(block());
  }

  /**
   * Saves the smaller network so that DJL's {@code Criteria} load it.
   *
   * @param folder that does not exist yet, or is empty
   * @param name of the model
   * @see SavedNetwork#write
   */
  public void save(Path folder, String name) {
    SavedNetwork.write(folder, name, Architecture.of(network), block());
  }
}
