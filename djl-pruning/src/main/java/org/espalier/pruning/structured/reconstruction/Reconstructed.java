package org.espalier.pruning.structured.reconstruction;

import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;

/**
 * A smaller network.
 *
 * @param network with a block of its own, initialized for the same input; closing it is the
 *     caller's ({@link ai.djl.nn.Block#clear()})
 * @param removed what went, in terms of the larger network
 */
public record Reconstructed(StructuredNetwork network, Selection removed) {}
