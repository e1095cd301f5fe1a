package org.espalier.hw.cost;

import java.util.Objects;

/**
 * Whether it pays to run a layer sparse.
 *
 * @param kind in one word
 * @param reason why, for the user, to follow the kind and a colon; no full stop
 */
public record Verdict(Kind kind, String reason) {

  /** What a verdict can be. */
  public enum Kind {
    /** Faster than dense by more than models and measurements scatter. */
    GAIN("gain"),
    /** Not faster than dense. */
    NO_GAIN("no gain"),
    /** The machine's memories cannot hold the layer: its figures are of a larger machine. */
    DOES_NOT_FIT("does not fit");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Returns the words for a user. */
    public String text() {
      return text;
    }
  }

  /** The speed-up from which a layer counts as faster: identical measurements scatter by 5 %. */
  public static final double LEAST_GAIN = 1.05;

  /** Checks that there is a reason. */
  public Verdict {
    Objects.requireNonNull(kind, "kind");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a verdict has a reason");
    }
  }

  /** Returns a gain. */
  public static Verdict gain(String reason) {
    return new Verdict(Kind.GAIN, reason);
  }

  /** Returns no gain. */
  public static Verdict noGain(String reason) {
    return new Verdict(Kind.NO_GAIN, reason);
  }

  /** Returns that the layer does not fit. */
  public static Verdict doesNotFit(String reason) {
    return new Verdict(Kind.DOES_NOT_FIT, reason);
  }

  /** Returns whether sparsity pays. */
  public boolean gain() {
    return kind == Kind.GAIN;
  }

  @Override
  public String toString() {
    return kind.text() + ": " + reason;
  }
}
