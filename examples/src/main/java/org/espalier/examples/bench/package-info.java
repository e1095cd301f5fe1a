/**
 * Kernels against dense libtorch on this machine: pruned random matrices, both sides interleaved in
 * one run, every product checked before it is timed.
 */
package org.espalier.examples.bench;
