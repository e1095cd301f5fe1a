/**
 * Forward rules where the network is: what layers compute with, as part of the graph that gradients
 * flow through, and the arrays that are trained besides the weights. {@code core.forward} has their
 * parameters and closed forms.
 */
package org.espalier.pruning.djl.forward;
