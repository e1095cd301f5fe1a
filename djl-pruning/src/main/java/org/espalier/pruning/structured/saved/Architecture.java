package org.espalier.pruning.structured.saved;

import ai.djl.nn.Block;
import java.util.List;
import org.espalier.pruning.structured.Input;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.op.Op;

/**
 * A network without its parameters, as it is stored beside them.
 *
 * @param inputs that it reads
 * @param network what it computes
 */
public record Architecture(List<Input> inputs, Op network) {

  /** Copies the list. */
  public Architecture {
    inputs = List.copyOf(inputs);
  }

  /** The architecture of a network as it is. */
  public static Architecture of(StructuredNetwork network) {
    return of(network, Selection.empty());
  }

  /** The architecture of a network once a selection has gone. */
  public static Architecture of(StructuredNetwork network, Selection selection) {
    return new Architecture(network.inputs(), network.op(selection));
  }

  /**
   * Returns a network whose channels can go on to be removed, without probing it again.
   *
   * @param block with parameters, as it was loaded from the same folder
   */
  public StructuredNetwork network(Block block) {
    return StructuredNetwork.of(network, block, inputs);
  }
}
