package org.espalier.pruning.rewind;

import ai.djl.metric.Metrics;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.EarlyBird;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;

/**
 * Draws an Early-Bird ticket from a dense training: after every epoch it asks which masks the
 * recipe would choose at its target from the weights as they are, and shows them to an {@link
 * EarlyBird}. It changes nothing. Where a trainer has {@code Metrics}, {@value #DISTANCE} is the
 * largest distance of each epoch and {@value #DRAWN} the epoch in which the ticket was drawn.
 *
 * <p>The authors prune channels by batch norm's gamma, over all layers: {@code include: ["*gamma"],
 * criterion: magnitude, allocation: global}.
 *
 * <p>Source: H. You et al., "Drawing Early-Bird Tickets: Towards More Efficient Training of Deep
 * Networks", ICLR 2020, algorithm 1.
 */
public final class EarlyBirdListener extends TrainingListenerAdapter {

  /** Metric: largest distance of the newest masks from the others of the queue. */
  public static final String DISTANCE = "early_bird_distance";

  /** Metric: epochs after which the ticket was drawn. */
  public static final String DRAWN = "early_bird_drawn";

  private final MaskDecision decision;
  private final EarlyBird bird;

  /**
   * @param recipe whose targets count; when it would prune does not
   * @param bird that watches; it holds the ticket
   * @throws org.espalier.sparse.InvalidInputException if a criterion looks at more than weights
   */
  public EarlyBirdListener(Recipe recipe, EarlyBird bird) {
    Recipe atTarget =
        new Recipe(recipe.seed(), recipe.groups().stream().map(EarlyBirdListener::once).toList());
    this.decision = new MaskDecision(atTarget, Set.of());
    this.bird = bird;
  }

  /** All that chooses masks; how weights are trained meanwhile does not matter. */
  private static PruningGroup once(PruningGroup group) {
    return PruningGroup.builder(new OneShot(group.schedule().target(), Timing.Unit.STEP, 0))
        .optName(group.name())
        .optInclude(group.include().toArray(String[]::new))
        .optExclude(group.exclude().toArray(String[]::new))
        .optPattern(group.pattern())
        .optAggregate(group.aggregate())
        .optCriterion(group.criterion())
        .optAllocation(group.allocation())
        .optEvidence(group.evidence())
        .build();
  }

  /** Returns who watches: its ticket, once it is drawn. */
  public EarlyBird bird() {
    return bird;
  }

  /** Looks at the weights after an epoch, until a ticket is drawn. Called by DJL. */
  @Override
  public void onEpoch(Trainer trainer) {
    if (bird.ticket().isPresent()) {
      return;
    }
    boolean drawn =
        bird.observe(decision.next(trainer.getModel().getBlock(), Map.of(), 0, Map.of()));
    Metrics metrics = trainer.getMetrics();
    if (metrics == null) {
      return;
    }
    bird.distances().stream()
        .max(Double::compare)
        .ifPresent(distance -> metrics.addMetric(DISTANCE, distance));
    if (drawn) {
      metrics.addMetric(DRAWN, bird.drawnAfter());
    }
  }
}
