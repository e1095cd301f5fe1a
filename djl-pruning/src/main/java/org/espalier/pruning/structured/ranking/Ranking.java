package org.espalier.pruning.structured.ranking;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.structured.criterion.GroupScores;

/** Who goes first. Of equal channels the one with the lower index is kept longer. */
public interface Ranking extends Component {

  /**
   * Returns all channels in the order in which they go. Channels of one group go by rising score.
   *
   * @param scores of the groups that compete, in the order of the network
   * @param begin how many channels each group had before any was removed, at least as many as now
   * @param flops the operations that go with one channel of a group, by the group's index
   */
  List<Place> order(List<GroupScores> scores, int[] begin, IntToDoubleFunction flops);

  /**
   * Returns how many channels are left when a fraction of them goes, rounded half up.
   *
   * @param remove in [0, 1)
   * @param begin how many channels each group had before any was removed
   */
  long kept(double remove, int[] begin);
}
