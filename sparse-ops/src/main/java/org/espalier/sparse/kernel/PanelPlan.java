package org.espalier.sparse.kernel;

import java.util.Optional;
import org.espalier.sparse.format.Csr;

/**
 * A matrix laid out for products with several columns.
 *
 * @param product the matrix in its layout
 * @param label name of the layout
 * @param reason why it was chosen, in a phrase
 */
record PanelPlan(PanelProduct product, String label, String reason) {

  /** Chooses a layout, unless the packing names one, and lays the matrix out. */
  static PanelPlan of(Csr matrix, Packing packing, int lanes) {
    LayoutChoice choice =
        packing.layout() == null
            ? LayoutChoice.of(matrix, BlockFill.of(matrix), packing.columns(), lanes)
            : new LayoutChoice(packing.layout(), "as told");
    Layout layout = choice.layout();
    RowGroups groups = RowGroupsBuilder.build(matrix, layout.kind(), layout.depth(), null);
    boolean packed = layout.packed() || groups.blocks().size() > 1;
    PanelProduct product = new PanelProduct(groups, layout.widest(), packed);
    return new PanelPlan(product, layout.label(), choice.reason());
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
      return new PanelPlan(product, label, why);
    }
    PanelProduct smaller = new PanelProduct(coded.get(), product.widest(), product.packed());
    return new PanelPlan(smaller, label + "-codes", reason);
  }

  /** Returns the product with its kernels. */
  PackedMatrix.Run run(PanelKernels kernels) {
    return (operands, part, parts) -> product.run(kernels, operands, part, parts);
  }
}
