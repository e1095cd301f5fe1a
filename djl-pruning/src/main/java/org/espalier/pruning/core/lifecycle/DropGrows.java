package org.espalier.pruning.core.lifecycle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.lifecycle.Fraction.Anneal;

/** {@link DropGrow} and the methods that are made of it, as recipes name them. */
public final class DropGrows {

  /** The entries of the registry. */
  static final List<Entry<Lifecycle>> ENTRIES =
      List.of(
          Entry.of(
              "drop-grow",
              "each decision drops some of the living and grows as many; set, rigl, snfs, dsr, nest,"
                  + " deep-r are short for choices of these keys",
              DropGrows::read,
              Parameter.choice(
                  "drop",
                  "criterion",
                  List.of("criterion", "signed", "threshold", "sign-flip"),
                  "the lowest by the criterion; the smallest of each sign; all below a threshold"
                      + " that learns; those that changed their sign or are 0"),
              fraction(0.3),
              Parameter.number("fraction_end", 0, "of the living, at the schedule's end"),
              Parameter.choice(
                  "anneal", "cosine", texts(Anneal.values()), "how the fraction moves to its end"),
              Parameter.number(
                  "threshold", DropBelow.THRESHOLD, "the first one, for drop: threshold; above 0"),
              Parameter.number(
                  "tolerance",
                  DropBelow.TOLERANCE,
                  "by which the count may miss the fraction before the threshold is halved or"
                      + " doubled, in [0, 1)"),
              Parameter.choice(
                  "grow",
                  "gradient",
                  texts(Grow.values()),
                  "the largest |g|, the largest |average" + " of g|, or a random choice"),
              Parameter.choice(
                  "share",
                  "own",
                  texts(Share.values()),
                  "who grows: each tensor what it lost; by mean |average of g| of the living; by"
                      + " number of survivors; the best of all tensors"),
              Parameter.number(
                  "momentum", DropGrow.MOMENTUM, "what a step leaves of that average, in [0, 1)"),
              Parameter.choice(
                  "start", "random", texts(Start.values()), "who lives after the first decision")),
          Entry.of(
              "set",
              "drop: signed, grow: random, anneal: constant (SET, Mocanu et al. 2018)",
              p -> set(p.number("fraction")),
              fraction(0.3)),
          Entry.of(
              "rigl",
              "drop: criterion, grow: gradient, fraction f / 2 (1 + cos(π t / T)) at t of T (RigL,"
                  + " Evci et al. 2020)",
              p -> rigl(p.number("fraction")),
              fraction(0.3)),
          Entry.of(
              "snfs",
              "drop: criterion, fraction_end: 0.005, grow: momentum, share: momentum (sparse"
                  + " momentum, Dettmers & Zettlemoyer 2019)",
              p -> snfs(p.number("fraction")),
              fraction(0.5)),
          Entry.of(
              "dsr",
              "drop: threshold, grow: random, share: survivors, anneal: constant (dynamic sparse"
                  + " reparameterization, Mostafa & Wang 2019)",
              p -> dsr(p.number("fraction")),
              fraction(0.1)),
          Entry.of(
              "nest",
              "fraction: 0, grow: gradient: only the schedule grows and prunes (connections of"
                  + " NeST, Dai et al. 2017)",
              p -> nest()),
          Entry.of(
              "deep-r",
              "drop: sign-flip, grow: random, share: group; goes with the update rule langevin and"
                  + " an l1 penalty (DEEP R, Bellec et al. 2018)",
              p -> deepR()));

  private DropGrows() {}

  /**
   * Returns SET: D. Mocanu et al., Nature Communications 9 (2018), algorithm 1; ζ = 0.3, every
   * epoch. There new weights are random; here 0, as the project's rule is.
   *
   * @param zeta fraction of each sign, in [0, 1]
   */
  public static DropGrow set(double zeta) {
    return new DropGrow(
        new DropPerSign(Fraction.constant(zeta)),
        Grow.RANDOM,
        Share.OWN,
        DropGrow.MOMENTUM,
        Start.RANDOM);
  }

  /**
   * Returns RigL: U. Evci et al., "Rigging the Lottery", ICML 2020, algorithm 1; α = 0.3, ΔT = 100.
   *
   * @param alpha fraction at the begin, in [0, 1]
   */
  public static DropGrow rigl(double alpha) {
    return new DropGrow(
        new DropLowest(new Fraction(alpha, 0, Anneal.COSINE)),
        Grow.GRADIENT,
        Share.OWN,
        DropGrow.MOMENTUM,
        Start.RANDOM);
  }

  /**
   * Returns sparse momentum: T. Dettmers, L. Zettlemoyer, "Sparse Networks from Scratch", 2019,
   * algorithm 2; 0.5 falls to 0.005, every epoch. Their code rounds the count to drop up; here it
   * is rounded down.
   *
   * @param rate fraction at the begin, in [0, 1]
   */
  public static DropGrow snfs(double rate) {
    return new DropGrow(
        new DropLowest(new Fraction(rate, Math.min(rate, 0.005), Anneal.COSINE)),
        Grow.MOMENTUM,
        Share.MOMENTUM,
        DropGrow.MOMENTUM,
        Start.RANDOM);
  }

  /**
   * Returns dynamic sparse reparameterization: H. Mostafa, X. Wang, ICML 2019, algorithm 1.
   *
   * @param fraction of all living units that is aimed at, in [0, 1]
   */
  public static DropGrow dsr(double fraction) {
    return new DropGrow(
        new DropBelow(Fraction.constant(fraction), DropBelow.THRESHOLD, DropBelow.TOLERANCE),
        Grow.RANDOM,
        Share.SURVIVORS,
        DropGrow.MOMENTUM,
        Start.RANDOM);
  }

  /**
   * Returns NeST's life of connections: X. Dai, H. Yin, N. Jha, "NeST: A Neural Network Synthesis
   * Tool Based on a Grow-and-Prune Paradigm", 2017, sections 3.1 and 3.3: connections grow by
   * |∂L/∂w| and die by |w|. From memory of the paper. Neurons do not grow here.
   */
  public static DropGrow nest() {
    return new DropGrow(
        new DropLowest(Fraction.NONE), Grow.GRADIENT, Share.OWN, DropGrow.MOMENTUM, Start.RANDOM);
  }

  /** Returns DEEP R: G. Bellec et al., "Deep Rewiring", ICLR 2018, algorithm 1. */
  public static DropGrow deepR() {
    return new DropGrow(
        DropSignFlips.INSTANCE, Grow.RANDOM, Share.GROUP, DropGrow.MOMENTUM, Start.RANDOM);
  }

  private static DropGrow read(Values p) {
    Fraction fraction =
        new Fraction(
            p.number("fraction"), p.number("fraction_end"), choice(Anneal.class, p, "anneal"));
    Drop drop =
        switch (p.text("drop")) {
          case "signed" -> new DropPerSign(fraction);
          case "threshold" -> new DropBelow(fraction, p.number("threshold"), p.number("tolerance"));
          case "sign-flip" -> DropSignFlips.INSTANCE;
          default -> new DropLowest(fraction);
        };
    return new DropGrow(
        drop,
        choice(Grow.class, p, "grow"),
        choice(Share.class, p, "share"),
        p.number("momentum"),
        choice(Start.class, p, "start"));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, Values p, String key) {
    return Enum.valueOf(type, p.text(key).toUpperCase(Locale.ROOT));
  }

  private static List<String> texts(Enum<?>[] values) {
    return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static Parameter fraction(double fallback) {
    return Parameter.number(
        "fraction", fallback, "of the living, that a decision drops; in [0, 1]");
  }
}
