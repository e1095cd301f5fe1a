/**
 * Ensembles that cost no more than one model: {@link
 * org.espalier.tribuo.ensemble.SparseEnsembleTrainer} shares the weights of one dense network out
 * among sparse ones, and {@link org.espalier.tribuo.ensemble.EnsemblePruner} leaves out members of
 * an ensemble that the others do without. Tribuo's combiners combine.
 */
package org.espalier.tribuo.ensemble;
