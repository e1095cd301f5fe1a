package org.espalier.pruning.djl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Collector;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.sparse.InvalidInputException;

/**
 * How a session comes to its evidence.
 *
 * @param given batches to measure on; empty = those of the training
 * @param collectors that measure
 */
record EvidenceSetup(Optional<List<Sample>> given, List<Collector> collectors) {

  /** Evidence from the batches of the training. */
  static final EvidenceSetup FROM_TRAINING =
      new EvidenceSetup(Optional.empty(), StandardCollectors.all());

  /** Copies the lists; refuses an empty list of given batches. */
  EvidenceSetup {
    given = given.map(List::copyOf);
    collectors = List.copyOf(collectors);
    if (given.isPresent() && given.get().isEmpty()) {
      throw new InvalidInputException(
          "evidence", "at least one batch", "none", "give one, or leave evidence to the training");
    }
  }

  /** Returns the same setup with batches given beforehand. */
  EvidenceSetup with(List<Sample> batches) {
    return new EvidenceSetup(Optional.of(batches), collectors);
  }

  /** Returns where a group's statistics come from. */
  GroupEvidence of(PruningGroup group) {
    return new GroupEvidence(group, given.isPresent());
  }

  /**
   * Refuses a recipe whose groups need what nobody measures, or more batches than were given.
   *
   * @throws InvalidInputException naming the group
   */
  void requireServes(Recipe recipe) {
    for (PruningGroup group : recipe.groups()) {
      Set<Statistic> missing = of(group).measured();
      collectors.forEach(collector -> missing.removeAll(collector.provides()));
      if (!missing.isEmpty()) {
        throw new InvalidInputException(
            "group '" + group.name() + "'",
            "statistics that can be measured in a DJL training",
            missing.iterator().next().key()
                + " for the criterion '"
                + group.criterion().type()
                + "'",
            "choose another criterion or compensation, or prune a tensor file, which can bring it");
      }
      int batches = group.evidence().batches();
      if (given.isPresent() && of(group).measuresOnBatches() && batches > given.get().size()) {
        throw new InvalidInputException(
            "group '" + group.name() + "', batches",
            "at most the " + given.get().size() + " given beforehand",
            Integer.toString(batches),
            "give more or ask for fewer");
      }
    }
  }
}
