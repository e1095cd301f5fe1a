package org.espalier.pruning.djl.capture;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * Which weight layer feeds which, as the {@code SequentialBlock}s of a network order them; nested
 * ones read as one. What is not sequential (branches, attention) or mixes features in its own way
 * (recurrent blocks, embeddings) ends the chain: what lies beyond is not guessed.
 */
final class Chain {

  /**
   * Two layers in a row.
   *
   * @param repeat inputs of the second that each output of the first fills: its positions where a
   *     convolution is flattened, else 1
   */
  record Link(Layer first, Layer second, int repeat) {}

  private final Map<Block, Layer> layers = new IdentityHashMap<>();

  /** The blocks in the order of their calls, and whether these are the network's own ends. */
  private record Run(List<Block> blocks, boolean whole) {}

  private final List<Run> runs = new ArrayList<>();

  Chain(Block network) {
    Set<String> paths = new NetworkParameters(network).byPath().keySet();
    for (Layer layer : Layer.find(network, paths).values()) {
      if (layer.places().size() == 1 && (layer.isLinear() || layer.isConvolution())) {
        layers.put(layer.block(), layer);
      }
    }
    collect(network, true);
  }

  private void collect(Block block, boolean whole) {
    List<Block> blocks = new ArrayList<>();
    flatten(block, blocks);
    runs.add(new Run(blocks, whole));
    blocks.forEach(inner -> inner.getChildren().values().forEach(child -> collect(child, false)));
  }

  private static void flatten(Block block, List<Block> blocks) {
    if (block instanceof SequentialBlock) {
      block.getChildren().values().forEach(child -> flatten(child, blocks));
    } else {
      blocks.add(block);
    }
  }

  /** Returns what feeds a layer; empty if it is the network's first. */
  Optional<Link> before(Layer layer) {
    return neighbor(layer, -1, Statistic.PREVIOUS_NORM);
  }

  /** Returns what a layer feeds; empty if it is the network's last. */
  Optional<Link> after(Layer layer) {
    return neighbor(layer, 1, Statistic.NEXT_NORM);
  }

  private Optional<Link> neighbor(Layer layer, int step, Statistic statistic) {
    Run run = runOf(layer, statistic);
    boolean reshaped = false;
    for (int i = run.blocks().indexOf(layer.block()) + step;
        i >= 0 && i < run.blocks().size();
        i += step) {
      Block block = run.blocks().get(i);
      Layer found = layers.get(block);
      if (found != null) {
        return Optional.of(
            step < 0
                ? link(found, layer, reshaped, layer, statistic)
                : link(layer, found, reshaped, layer, statistic));
      }
      if (!keepsFeatures(block)) {
        throw layer.refused(
            statistic.key(),
            "a neighbor that is linear or a convolution",
            block.getClass().getSimpleName());
      }
      reshaped |= block instanceof LambdaBlock;
    }
    if (!run.whole()) {
      throw layer.refused(
          statistic.key(), "a neighbor in its SequentialBlock", "the end of a branch");
    }
    return Optional.empty();
  }

  private Run runOf(Layer layer, Statistic statistic) {
    if (layers.get(layer.block()) == null || layer.weight() != layers.get(layer.block()).weight()) {
      throw layer.refused(
          statistic.key(),
          "the weight of a linear layer or a convolution that appears once",
          "'%s' of %s, %d times"
              .formatted(
                  layer.weight().getName(),
                  layer.block().getClass().getSimpleName(),
                  layer.places().size()));
    }
    return runs.stream()
        .filter(run -> run.blocks().contains(layer.block()))
        .findFirst()
        .orElseThrow();
  }

  /** Activations, pooling, flattening, dropout and norms; no weights, no inner structure. */
  private static boolean keepsFeatures(Block block) {
    if (!block.getChildren().isEmpty()) {
      return false;
    }
    for (Parameter parameter : block.getDirectParameters().values()) {
      if (parameter.getArray().getShape().dimension() > 1) {
        return false;
      }
    }
    return true;
  }

  private static Link link(
      Layer first, Layer second, boolean reshaped, Layer asking, Statistic statistic) {
    int outputs = first.extent(0);
    int inputs = second.extent(1);
    boolean flattens = first.isConvolution() && second.isLinear() && reshaped;
    boolean sameKind = first.isConvolution() == second.isConvolution();
    if (second.groups() > 1
        || inputs % outputs != 0
        || !(flattens || sameKind && inputs == outputs)) {
      throw asking.refused(
          statistic.key(),
          "as many inputs of " + second.path() + " as outputs of " + first.path(),
          "%d%s and %d"
              .formatted(
                  inputs,
                  second.groups() > 1 ? " in each of " + second.groups() + " groups" : "",
                  outputs));
    }
    return new Link(first, second, inputs / outputs);
  }
}
