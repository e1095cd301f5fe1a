package org.espalier.pruning.report;

import java.awt.Color;

/**
 * The colors of a report by what they mean. Plots are drawn in stand-in colors that {@link
 * InlineSvg} replaces by CSS variables, so that one plot serves the light page, the dark one and
 * paper; {@code report.css} gives the variables their values, for data those of Okabe and Ito,
 * "Color Universal Design" (2008), which stay apart under every common color blindness.
 */
enum Ink {
  TEXT("ink"),
  SOFT("soft"),
  GRID("grid"),
  DENSE("dense"),
  SPARSE("sparse"),
  THIRD("third"),
  FOURTH("fourth"),
  DENSE_MODEL("dense-model"),
  SPARSE_MODEL("sparse-model");

  private static final Ink[] PHASES = {DENSE, SPARSE, THIRD, FOURTH};

  private final String variable;

  Ink(String variable) {
    this.variable = variable;
  }

  /** Returns the color of the n-th phase of a run; they repeat after the fourth. */
  static Ink ofPhase(int n) {
    return PHASES[n % PHASES.length];
  }

  /** Returns the CSS value that shows this color. */
  String css() {
    return "var(--" + variable + ")";
  }

  /** Returns the color that stands for this one while a plot is drawn. */
  Color standIn() {
    return new Color(1, 2, 3 + ordinal());
  }
}
