/**
 * Reconstruction: channels go, and the layers that read them are given other weights, so that the
 * network's output changes little, or not at all.
 */
package org.espalier.pruning.structured.reconstruction;
