package org.espalier.examples.bench;

/**
 * One measured product, for machines.
 *
 * @param m rows of W
 * @param k columns of W
 * @param n columns of X
 * @param pattern text form
 * @param sparsity asked of the pattern
 * @param threads of both sides
 * @param medianUs of the sparse product, packing of X included, of W not
 * @param denseMedianUs of libtorch's dense product in the same run
 * @param gflopsUseful 2 x non-zeros x n per time, 10^9 per second
 * @param speedupVsDense dense time by sparse time
 * @param fractionOfFmaPeak useful operations by those that {@code threads} cores can do
 * @param kernel layout of the packed matrix
 */
record BenchRow(
    int m,
    int k,
    int n,
    String pattern,
    double sparsity,
    int threads,
    double medianUs,
    double denseMedianUs,
    double gflopsUseful,
    double speedupVsDense,
    double fractionOfFmaPeak,
    String kernel) {}
