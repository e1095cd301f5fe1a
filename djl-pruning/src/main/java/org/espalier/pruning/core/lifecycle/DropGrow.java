package org.espalier.pruning.core.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.GradientAverage;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Tiled;
import org.espalier.sparse.pattern.Unstructured;

/**
 * Sparse training with connections that move: each decision drops some of the living units and
 * grows as many elsewhere. Four questions have each their own answer, and the named methods are
 * answers that go together ({@link DropGrows}): who goes ({@link Drop}), who comes ({@link Grow}),
 * which tensors they come to ({@link Share}), and who lives at first ({@link Start}).
 *
 * <p>Rules that hold for all of them:
 *
 * <ul>
 *   <li>The allocation says how many units of each tensor live at the moment. After the decision
 *       exactly that many live, or, where growth is shared, that many in all tensors together. So
 *       the count of a constant schedule is constant; where a schedule changes the sparsity, the
 *       lowest units by the group's criterion go first, and the fraction is taken of the rest.
 *   <li>Every unit that has not survived the drop may grow, also one that has just been dropped.
 *       That one was never gone: it keeps its value and optimizer state, as in RigL's code. All
 *       others start at 0 with fresh optimizer state.
 *   <li>Of equal scores the lower index stays, and grows first.
 *   <li>Random choices depend on the seed, the parameter's path and the step.
 *   <li>Where growth is shared, what is conserved is the number of units: with patterns whose units
 *       are larger in one tensor than in another, not that of weights.
 * </ul>
 *
 * <p>Units must be free to live in any number: patterns that bind them together, as 2:4 does, are
 * refused.
 *
 * <p>Source: the form of the loop is that of T. Hoefler et al., "Sparsity in Deep Learning", JMLR
 * 22 (2021), section 2.4; the sources of the parts stand at the parts.
 *
 * @param drop who goes
 * @param grow who comes
 * @param share which tensors they come to
 * @param momentum decay of the average of gradients, where that is asked
 * @param start who lives after the first decision, before which nothing was pruned
 */
public record DropGrow(Drop drop, Grow grow, Share share, double momentum, Start start)
    implements Lifecycle {

  /** The usual decay. */
  public static final double MOMENTUM = 0.9;

  /** Refuses a decay that is none; forgets one that is not asked. */
  public DropGrow {
    Objects.requireNonNull(drop, "drop");
    Objects.requireNonNull(start, "start");
    if (!(momentum >= 0 && momentum < 1)) {
      throw new InvalidInputException(
          "momentum", "a number in [0, 1)", Double.toString(momentum), "0.9 is the usual one");
    }
    momentum = tracks(grow, share) ? momentum : MOMENTUM;
  }

  private static boolean tracks(Grow grow, Share share) {
    return grow == Grow.MOMENTUM || share == Share.MOMENTUM;
  }

  @Override
  public String type() {
    return "drop-grow";
  }

  @Override
  public List<Criterion> criteria() {
    GradientAverage average = new GradientAverage(momentum);
    Stream<Criterion> sharing = share == Share.MOMENTUM ? Stream.of(average) : Stream.of();
    return Stream.of(drop.criteria().stream(), grow.criteria(average).stream(), sharing)
        .flatMap(s -> s)
        .distinct()
        .toList();
  }

  @Override
  public void requireFits(Schedule schedule) {
    Targets.require(this, schedule);
    boolean anneals = drop.fraction().anneal() != Fraction.Anneal.CONSTANT;
    if (anneals && schedule.timing().end() == Timing.OPEN) {
      throw new InvalidInputException(
          "schedule.end",
          "a count, as the fraction to drop falls until then",
          "none",
          "set the end, or anneal: constant");
    }
  }

  @Override
  public void requireFits(SparsityPattern pattern) {
    boolean free = pattern instanceof Unstructured || pattern instanceof Tiled;
    if (!free || (drop.needsSingleWeights() && !(pattern instanceof Unstructured))) {
      throw new InvalidInputException(
          "pattern",
          drop.needsSingleWeights()
              ? "unstructured, as drop: %s looks at single weights".formatted(drop.text())
              : "units that move freely: unstructured, blocks, vectors, kernels, channels or heads",
          "'" + pattern.text() + "'",
          "choose another pattern or lifecycle");
    }
  }

  @Override
  public Map<String, Mask> next(Decision decision) {
    if (decision.tensors().stream()
        .anyMatch(tensor -> !decision.state().masks().containsKey(tensor.name()))) {
      return start.masks(decision);
    }
    List<Units> units =
        decision.tensors().stream().map(tensor -> new Units(decision, tensor)).toList();
    int[] budget = decision.kept(decision.tensors().stream().map(decision::scores).toList());
    dropped(decision, units, share.most(units, budget));
    grown(decision, units, budget);
    Map<String, Mask> masks = new TreeMap<>();
    units.forEach(u -> masks.put(u.tensor().name(), u.mask()));
    return masks;
  }

  private void dropped(Decision decision, List<Units> units, int[] most) {
    Timing timing = decision.group().schedule().timing();
    double fraction = drop.fraction().at(timing.progress(timing.clock(decision.state().time())));
    int before = 0;
    int after = 0;
    for (int i = 0; i < most.length; i++) {
      Units u = units.get(i);
      TensorInfo tensor = u.tensor();
      before += u.living();
      Scores living = u.ofLiving(decision.scores(tensor));
      u.keep(living, drop.staying(decision, tensor, living, u.living(), most[i], fraction));
      after += u.living();
    }
    drop.adapt(decision, before - after, Fraction.count(fraction, before));
  }

  private void grown(Decision decision, List<Units> units, int[] budget) {
    GradientAverage average = new GradientAverage(momentum);
    List<Scores> candidates = new ArrayList<>();
    units.forEach(u -> candidates.add(u.ofDead(grow.scores(decision, u, average))));
    int[] counts =
        share.counts(new Share.Growth(decision, units, budget, grow, candidates, average));
    for (int i = 0; i < counts.length; i++) {
      units.get(i).add(candidates.get(i), counts[i]);
    }
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("drop", drop.text());
    parameters.putAll(drop.parameters());
    parameters.put("grow", grow.text());
    parameters.put("share", share.text());
    if (tracks(grow, share)) {
      parameters.put("momentum", momentum);
    }
    parameters.put("start", start.text());
    return parameters;
  }
}
