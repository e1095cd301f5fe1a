/**
 * The matrix arithmetic of reconstruction: which channels others can stand in for, and new weights
 * for the layers that read them. No engine.
 */
package org.espalier.pruning.core.reconstruction;
