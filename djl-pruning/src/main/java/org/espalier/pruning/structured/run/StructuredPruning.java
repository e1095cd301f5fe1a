package org.espalier.pruning.structured.run;

import ai.djl.Model;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.pruning.core.Rounds;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Hints;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.pruning.structured.ranking.Place;
import org.espalier.pruning.structured.target.Candidate;
import org.espalier.pruning.structured.target.Choice;
import org.espalier.pruning.structured.target.Count;
import org.espalier.pruning.structured.target.Latency;
import org.espalier.pruning.structured.target.Target;
import org.espalier.sparse.InvalidInputException;

/**
 * Prunes channels of a network: scores them, ranks them, removes the fewest along the ranking that
 * meet the target, and returns a new, smaller network. The caller's is only read.
 *
 * <pre>{@code
 * PrunedNetwork small = StructuredPruning.prune(model, new Shape(1, 3, 32, 32), Target.flops(0.5));
 *
 * StructuredPruning pruning =
 *     StructuredPruning.by(StructuredRecipe.load(path))
 *         .withEvidence(ChannelEvidence.of(loss, samples))
 *         .withFineTuning(new TrainerFineTuning(config, data, 2));
 * PrunedNetwork smaller = pruning.prune(model.getBlock(), input);
 * }</pre>
 *
 * <p>In several steps what is left shrinks geometrically, each step scores the network as the
 * fine-tuning before left it, and all fractions are of the network as it was first. A step whose
 * target is met removes nothing.
 *
 * <p>Source of the iteration: H. Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017,
 * section 3.3: prune and retrain iteratively.
 */
public final class StructuredPruning {

  private final StructuredRecipe recipe;
  private final Hints hints;
  private final ChannelEvidence evidence;
  private final FineTuning fineTuning;

  private StructuredPruning(
      StructuredRecipe recipe, Hints hints, ChannelEvidence evidence, FineTuning fineTuning) {
    this.recipe = recipe;
    this.hints = hints;
    this.evidence = evidence;
    this.fineTuning = fineTuning;
  }

  /** Prunes by a recipe. */
  public static StructuredPruning by(StructuredRecipe recipe) {
    return new StructuredPruning(recipe, Hints.none(), ChannelEvidence.NONE, FineTuning.NONE);
  }

  /**
   * Prunes with the usual choices: {@link StructuredRecipe#of}.
   *
   * @param model whose block is initialized; it is not changed. {@link PrunedNetwork#newModel} and
   *     {@link PrunedNetwork#setIn} go on from here
   * @param input shape of its only input, with the batch on axis 0
   * @throws InvalidInputException if the network is not understood, or the target not reached
   */
  public static PrunedNetwork prune(Model model, Shape input, Target target) {
    return by(StructuredRecipe.of(target)).prune(model.getBlock(), input);
  }

  /** Prunes with the usual choices, as {@link #prune(Model, Shape, Target)} does. */
  public static PrunedNetwork prune(Block block, Shape input, Target target) {
    return by(StructuredRecipe.of(target)).prune(block, input);
  }

  /** Returns the same with what is known of blocks that hide what they compute. */
  public StructuredPruning withHints(Hints other) {
    return new StructuredPruning(recipe, other, evidence, fineTuning);
  }

  /** Returns the same with what criteria may look at besides weights. */
  public StructuredPruning withEvidence(ChannelEvidence other) {
    return new StructuredPruning(recipe, hints, other, fineTuning);
  }

  /** Returns the same with a training after each step. */
  public StructuredPruning withFineTuning(FineTuning other) {
    return new StructuredPruning(recipe, hints, evidence, other);
  }

  /**
   * Returns the same with the device of a recipe's latency target.
   *
   * @throws InvalidInputException if the recipe has another target
   */
  public StructuredPruning withLatency(LatencyModel model) {
    if (!(recipe.target().measure() instanceof Latency latency)) {
      throw new InvalidInputException(
          "target", "latency", "'" + recipe.target().type() + "'", "leave the model out");
    }
    Target target = Target.latency(recipe.target().remove(), model, latency.batch());
    return new StructuredPruning(recipe.with(target), hints, evidence, fineTuning);
  }

  /** Returns what is done. */
  public StructuredRecipe recipe() {
    return recipe;
  }

  /**
   * Prunes a network.
   *
   * @param block initialized; it is not changed
   * @param input shape of its only input, with the batch on axis 0
   * @throws InvalidInputException if the network is not understood, nothing of it may go, the
   *     criterion lacks evidence, or the target cannot be reached
   */
  public PrunedNetwork prune(Block block, Shape input) {
    return prune(block, List.of(new DataDesc(input)));
  }

  /**
   * Prunes a network with several inputs, or with integers as input.
   *
   * @param block initialized; it is not changed
   * @param inputs shapes with the batch on axis 0, and data types; integers must be allowed to be 0
   * @throws InvalidInputException as {@link #prune(Block, Shape)}
   */
  public PrunedNetwork prune(Block block, List<DataDesc> inputs) {
    StructuredNetwork original = StructuredNetwork.of(block, inputs, hints);
    // A block that only hints explain is another one in the smaller network: from the first step on
    // all networks are of our making, so that their groups have the same names.
    StructuredNetwork network = recipe.steps() == 1 ? original : original.pruned(Selection.empty());
    try {
      Competitors competitors = new Competitors(original, network, recipe.exclude());
      Candidate whole = new Candidate(network, competitors.begin(), Selection.empty());
      double all = recipe.target().measure().of(whole);
      int[] left = competitors.sizes();
      List<PrunedNetwork.Step> steps = new ArrayList<>();
      for (int step = 1; step <= recipe.steps(); step++) {
        double remove = Rounds.sparsity(recipe.target().remove(), 0, step, recipe.steps());
        List<ChannelGroup> groups = step == 1 ? competitors.begin() : competitors.in(network);
        Selection selection = choose(network, groups, competitors.sizes(), all, remove);
        Arrays.setAll(left, g -> left[g] - selection.count(groups.get(g)));
        StructuredNetwork smaller = network.pruned(selection);
        release(network, original);
        network = smaller;
        fineTuning.tune(network.block(), step);
        steps.add(new PrunedNetwork.Step(remove, selection, network.size()));
      }
      return new PrunedNetwork(network, competitors.groups(left), original.size(), steps);
    } catch (RuntimeException e) {
      release(network, original);
      throw e;
    }
  }

  private static void release(StructuredNetwork network, StructuredNetwork original) {
    if (network != original) {
      network.block().clear();
    }
  }

  private Selection choose(
      StructuredNetwork network,
      List<ChannelGroup> groups,
      int[] begin,
      double all,
      double remove) {
    List<GroupScores> scores =
        recipe.criterion().score(network, groups, evidence.withSeed(recipe.seed()));
    Target target = recipe.target().withRemove(remove);
    BigDecimal limit =
        target.measure() == Count.CHANNELS
            ? BigDecimal.valueOf(recipe.ranking().kept(remove, begin))
            : target.limit(all);
    double flops = network.size().flops();
    List<Place> order =
        recipe
            .ranking()
            .order(
                scores,
                begin,
                g -> flops - network.size(Selection.empty().with(groups.get(g), 0)).flops());
    return new Choice(network, groups, order, recipe.floor()).fewest(target.measure(), limit);
  }
}
