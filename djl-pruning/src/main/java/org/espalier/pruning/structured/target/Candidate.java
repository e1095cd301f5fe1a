package org.espalier.pruning.structured.target;

import java.util.List;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;

/**
 * A network as it would be.
 *
 * @param network as it is
 * @param groups that compete
 * @param selection channels of theirs that would go
 */
public record Candidate(StructuredNetwork network, List<ChannelGroup> groups, Selection selection) {

  /** Copies the list. */
  public Candidate {
    groups = List.copyOf(groups);
  }
}
