package org.espalier.hw.cost;

/**
 * Whether it pays to run a layer sparse.
 *
 * @param gain whether the sparse layer is faster by more than measurements scatter
 * @param reason one sentence for the user
 */
public record Verdict(boolean gain, String reason) {}
