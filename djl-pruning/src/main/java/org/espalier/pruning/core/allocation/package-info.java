/**
 * Allocations: how many units each tensor keeps when a group of tensors is to reach a sparsity
 * together. Counts are exact and follow the rounding rule of {@link
 * org.espalier.sparse.mask.Counts}.
 */
package org.espalier.pruning.core.allocation;
