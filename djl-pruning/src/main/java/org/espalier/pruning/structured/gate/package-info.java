/**
 * How much the loss depends on gates of heads and hidden units: scores for each channel of a group.
 */
package org.espalier.pruning.structured.gate;
