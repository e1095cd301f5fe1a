package org.espalier.hw.cost;

/**
 * Whether it pays to run a layer sparse.
 *
 * @param gain whether the sparse layer is faster by more than measurements scatter
 * @param reason why, for the user, to follow "gain:" or "no gain:"; no full stop
 */
public record Verdict(boolean gain, String reason) {}
