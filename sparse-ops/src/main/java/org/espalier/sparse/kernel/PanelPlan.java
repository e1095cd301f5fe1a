package org.espalier.sparse.kernel;

import java.util.Optional;
import org.espalier.sparse.format.Csr;

/**
 * A matrix laid out for products with several columns.
 *
 * @param product the matrix in its layout
 * @param label name of the layout
 * @param reason why it was chosen, in a phrase
 * @param order of the rows
 */
record PanelPlan(PanelProduct product, String label, String reason, RowOrder order) {

  /** Chooses a layout, unless the packing names one, and lays the matrix out. */
  static PanelPlan of(Csr matrix, Packing packing, int lanes) {
    if (packing.layout() != null) {
      RowOrder order = RowOrder.of(matrix, packing.layout().kind().height());
      return laidOut(matrix, new LayoutChoice(packing.layout(), "as told"), order);
    }
    int four = RowGroups.Kind.BLOCKS4.height();
    RowOrder fours = RowOrder.of(matrix, four);
    double fill = matrix.nonZeros() == 0 ? 1 : four * fours.loads();
    LayoutChoice choice = LayoutChoice.of(MatrixProfile.of(matrix), fill, packing.columns(), lanes);
    if (LayoutChoice.isBlocks(fill)) {
      return laidOut(matrix, choice, fours);
    }
    RowOrder pairs = RowOrder.of(matrix, RowGroups.Kind.GROUPS2.height());
    LayoutChoice better = choice.withPairs(pairs.loads());
    return laidOut(matrix, better, RowOrder.of(matrix, better.layout().kind().height()));
  }

  private static PanelPlan laidOut(Csr matrix, LayoutChoice choice, RowOrder order) {
    Layout layout = choice.layout();
    RowGroups groups = RowGroupsBuilder.build(matrix, layout.kind(), layout.depth(), order.rows());
    boolean packed = layout.packed() || groups.blocks().size() > 1;
    String reason = choice.reason() + (order.rows() == null ? "" : ", rows reordered");
    PanelProduct product = new PanelProduct(groups, layout.widest(), packed);
    Layout used = new Layout(layout.kind(), layout.widest(), layout.depth(), packed);
    return new PanelPlan(product, used.label(), reason, order);
  }

  /**
   * Returns the same with values of one byte, if there is a code for each.
   *
   * @param codebook the values of the matrix, at most 256
   */
  PanelPlan withCodes(float[] codebook) {
    Optional<RowGroups> coded = CodedGroups.of(product.groups(), codebook);
    if (coded.isEmpty()) {
      String why = reason + "; floats, as 256 shared values leave no code for the fill of blocks";
      return new PanelPlan(product, label, why, order);
    }
    PanelProduct smaller = new PanelProduct(coded.get(), product.widest(), product.packed());
    return new PanelPlan(smaller, label + "-codes", reason, order);
  }

  /** Returns the product with its kernels. */
  PackedMatrix.Run run(PanelKernels kernels) {
    return (operands, part, parts) -> product.run(kernels, operands, part, parts);
  }

  /** Returns what the layout is like, in a line. */
  String details() {
    RowGroups groups = product.groups();
    return "%d blocks of up to %d columns, X %s, rows %s"
        .formatted(
            groups.blocks().size(),
            groups.deepest(),
            product.packed() ? "packed" : "in place",
            order.rows() == null ? "as they stand" : "reordered");
  }
}
