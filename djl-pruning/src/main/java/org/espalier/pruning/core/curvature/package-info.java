/**
 * Curvature of the loss as second-order criteria and compensations use it: the empirical Fisher
 * matrix of one tensor, and the solver for it.
 */
package org.espalier.pruning.core.curvature;
