package org.espalier.pruning.report;

/** Draws plots. */
interface PlotRenderer {

  /**
   * Draws a plot without title, legend and name of the vertical axis, which the page writes itself.
   *
   * @return one {@code svg} element whose text consists of outlines and whose colors are those of
   *     {@link Ink}
   */
  String svg(Plot plot);
}
