/**
 * Regularizers: penalties that pull weights, or groups of them, towards zero. Each is a value, its
 * gradient and, where it has one, a proximal step; none of them goes through the loss.
 */
package org.espalier.pruning.core.regularizer;
