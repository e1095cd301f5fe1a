/**
 * Tribuo's linear models without their zeros: {@link org.espalier.tribuo.linear.PrunedLinearModel}
 * holds, saves and computes only the weights that pruning has left, and predicts the same bits as
 * the model that it was made from.
 */
package org.espalier.tribuo.linear;
