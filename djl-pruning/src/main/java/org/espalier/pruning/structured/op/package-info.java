/**
 * Blocks as data: what structured pruning knows of each kind of block. An {@link
 * org.espalier.pruning.structured.op.Op} builds its block, follows channels through it, and
 * shrinks.
 */
package org.espalier.pruning.structured.op;
