package org.espalier.pruning.report;

import java.util.Objects;
import org.espalier.sparse.mask.Mask;

/**
 * A mask to be shown as a picture.
 *
 * @param name path of the parameter
 * @param mask which weights live; shown as its matrix view (rows = axis 0, columns = the rest)
 * @param seesPixels whether the columns are the pixels of an input image, so that they can be laid
 *     out as one; hidden units have no such layout, even where their number is a square
 */
public record MaskPicture(String name, Mask mask, boolean seesPixels) {

  /** Checks that nothing is missing. */
  public MaskPicture {
    Checks.text("name", name);
    Objects.requireNonNull(mask, "mask");
  }

  /** Returns the rows of the matrix view. */
  int rows() {
    return mask.shape().length == 0 ? 1 : mask.shape()[0];
  }

  /** Returns the columns of the matrix view. */
  int columns() {
    return mask.elements() / rows();
  }
}
