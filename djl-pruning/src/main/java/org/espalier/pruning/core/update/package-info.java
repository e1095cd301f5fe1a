/**
 * Update rules: what happens to gradients just before the optimizer, and to weights just after it,
 * besides masking.
 */
package org.espalier.pruning.core.update;
