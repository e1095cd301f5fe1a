package org.espalier.sparse.kernel;

/**
 * The inner loops over groups of rows, for one group height. Unchecked; called by {@link
 * PanelProduct} alone.
 */
@FunctionalInterface
public interface GroupKernel {

  /**
   * Adds the products of some groups with a panel of X to a panel of Y.
   *
   * @param block the groups' entries within a range of columns of the matrix
   * @param begin first group
   * @param end one past the last group
   * @param vectors width of the panel in vectors, at least 1
   * @param pass where X and Y are
   */
  void run(RowGroups.Block block, int begin, int end, int vectors, Pass pass);
}
