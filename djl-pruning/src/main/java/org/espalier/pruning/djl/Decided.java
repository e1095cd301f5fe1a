package org.espalier.pruning.djl;

import java.util.Map;
import org.espalier.pruning.core.PruningState;
import org.espalier.sparse.mask.Mask;

/**
 * What a decision has decided.
 *
 * @param state with the new masks
 * @param backward by path: the weights that are trained, where more are than live
 */
record Decided(PruningState state, Map<String, Mask> backward) {}
