package org.espalier.examples.bench;

/**
 * What more threads bring to both sides, for machines; measured in the same rounds as the row.
 *
 * @param m rows of W
 * @param k columns of W
 * @param n columns of X
 * @param pattern text form
 * @param sparsity asked of the pattern
 * @param threads of both sides
 * @param oneThreadMedianUs of the sparse product on one thread
 * @param denseOneThreadMedianUs of libtorch on one thread
 * @param scaling one-thread time by time, sparse
 * @param denseScaling one-thread time by time, dense
 */
record ScalingRow(
    int m,
    int k,
    int n,
    String pattern,
    double sparsity,
    int threads,
    double oneThreadMedianUs,
    double denseOneThreadMedianUs,
    double scaling,
    double denseScaling) {}
