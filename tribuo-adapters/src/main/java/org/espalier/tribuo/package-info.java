/**
 * Pruning inside Tribuo. A {@link org.espalier.tribuo.PruningOptimiser} wraps any of Tribuo's
 * gradient optimisers and so prunes every model that Tribuo trains by gradient descent (linear,
 * factorization machine, conditional random field; labels, regressors, several labels) by an
 * Espalier recipe; {@link org.espalier.tribuo.PrunedWeights} counts what is left of a model.
 */
package org.espalier.tribuo;
