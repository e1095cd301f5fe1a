package org.espalier.pruning.rewind;

import java.io.IOException;
import java.util.Map;
import org.espalier.pruning.core.MaskShuffle;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.djl.OptimizerMemory;
import org.espalier.pruning.djl.SessionMemory;
import org.espalier.pruning.djl.checkpoint.TrainingSnapshot;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.mask.Mask;

/**
 * Puts together the snapshot from which a pruned network is trained on. Whoever restores it has
 * pruned weights at +0.
 *
 * @param origins where trainings begin
 */
record Rewinder(Origins origins) {

  /** Where trainings begin. */
  interface Origins {

    /** Returns the dense training after so many steps. */
    TrainingSnapshot after(long step) throws IOException;

    /** Returns the untrained network of another seed. */
    TrainingSnapshot ofSeed(long seed) throws IOException;
  }

  /**
   * Returns the start of a training.
   *
   * @param trained the network from which the masks were decided
   * @param masks by path
   */
  TrainingSnapshot start(Rewind rewind, TrainingSnapshot trained, Map<String, Mask> masks)
      throws IOException {
    TrainingSnapshot origin = origins.after(rewind.step());
    if (rewind instanceof Rewind.LearningRate) {
      OptimizerMemory optimizer = rewound(trained.optimizer(), origin.optimizer());
      return start(origin, trained.parameters(), optimizer, masks);
    } else if (rewind instanceof Rewind.FineTune) {
      OptimizerMemory unused = origins.after(0).optimizer();
      return start(origin, trained.parameters(), unused, masks);
    } else if (rewind instanceof Rewind.RandomWeights control) {
      return start(origin, origins.ofSeed(control.seed()).parameters(), origin.optimizer(), masks);
    } else if (rewind instanceof Rewind.RandomMask control) {
      Map<String, Mask> shuffled = MaskShuffle.shuffled(masks, control.seed());
      return start(origin, origin.parameters(), origin.optimizer(), shuffled);
    }
    return start(origin, origin.parameters(), origin.optimizer(), masks);
  }

  /** The moments of one, the counts of the other. */
  private static OptimizerMemory rewound(OptimizerMemory moments, OptimizerMemory counts) {
    return new OptimizerMemory(
        counts.type(), counts.settings(), counts.updates(), counts.counts(), moments.arrays());
  }

  private static TrainingSnapshot start(
      TrainingSnapshot origin,
      Map<String, Tensor> parameters,
      OptimizerMemory optimizer,
      Map<String, Mask> masks) {
    SessionMemory session = origin.session().orElseThrow();
    PruningState state = new PruningState(session.state().time(), masks);
    return new TrainingSnapshot(
            origin.identity(), origin.position(), parameters, optimizer, origin.session(), Map.of())
        .with(state);
  }
}
