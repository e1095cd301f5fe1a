package org.espalier.pruning.report;

/**
 * Whether sparsity made a layer faster, and why or why not.
 *
 * @param gain whether a gain was shown
 * @param reason one sentence without a full stop, for example {@code 12.5 % of the weights are too
 *     many for CSR to pay at batch 128}
 */
public record Verdict(boolean gain, String reason) {

  /** Checks that there is a reason: a bare verdict helps nobody. */
  public Verdict {
    Checks.text("reason", reason);
  }

  /** Returns {@code gain} or {@code no gain}. */
  public String text() {
    return gain ? "gain" : "no gain";
  }
}
