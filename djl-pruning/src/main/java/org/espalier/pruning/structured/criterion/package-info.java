/**
 * How much each channel of a group matters: the scores that {@link
 * org.espalier.pruning.core.criterion.Criterion} gives to weights, made one number for everything
 * that goes with the channel.
 */
package org.espalier.pruning.structured.criterion;
