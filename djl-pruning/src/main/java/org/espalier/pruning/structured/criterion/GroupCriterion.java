package org.espalier.pruning.structured.criterion;

import java.util.List;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/** How the channels of groups are scored. */
public interface GroupCriterion extends Component {

  /**
   * Scores groups. The network is only read, but no other thread may use it meanwhile.
   *
   * @param groups of the network
   * @return the scores of each group, in the same order
   * @throws InvalidInputException if a group cannot be scored, a weight is not finite, or the
   *     evidence lacks what this needs
   */
  List<GroupScores> score(
      StructuredNetwork network, List<ChannelGroup> groups, ChannelEvidence evidence);
}
