package org.espalier.pruning.djl;

import ai.djl.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the session of a trainer among its listeners, which every form of pruning has. */
final class SessionLookup {

  private SessionLookup() {}

  static Optional<PruningSession> of(Trainer trainer) {
    List<PruningSession> found = new ArrayList<>();
    trainer.notifyListeners(
        listener -> {
          if (listener instanceof PruningListener pruning) {
            found.add(pruning.session(trainer));
          } else if (listener instanceof AttachedConfig.Ear ear) {
            found.add(ear.session(trainer));
          }
        });
    return found.stream().filter(Objects::nonNull).findFirst();
  }
}
