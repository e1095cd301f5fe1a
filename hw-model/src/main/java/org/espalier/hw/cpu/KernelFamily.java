package org.espalier.hw.cpu;

import java.util.List;
import java.util.Locale;

/** Loops whose time follows the same terms of work, with costs of their own. */
public enum KernelFamily {
  /** Single rows against packed panels of X. */
  GROUPS1(Terms.PANEL),
  /** Single rows, X in place. */
  GROUPS1_IN_PLACE(Terms.PANEL),
  /** Pairs of rows that share loads of X. */
  GROUPS2(Terms.PANEL),
  /** Three rows that share loads of X. */
  GROUPS3(Terms.PANEL),
  /** Blocks of 4 x 1 against packed panels of X. */
  BLOCKS4(Terms.PANEL),
  /** Blocks of 4 x 1, X in place. */
  BLOCKS4_IN_PLACE(Terms.PANEL),
  /** One column of X, all elements. */
  VECTOR_DENSE(Terms.VECTOR),
  /** One column of X, a bit per element. */
  VECTOR_BITMAP(Terms.VECTOR),
  /** One column of X, blocks of 4 x 1. */
  VECTOR_BLOCKS4(Terms.VECTOR),
  /** One column of X, indices of 16 bits. */
  VECTOR_GATHER(Terms.VECTOR),
  /** One column of X, indices of 32 bits. */
  VECTOR_INDEX(Terms.VECTOR),
  /** The native library's dense product. */
  DENSE(Terms.DENSE),
  /** The native library's dense product with one column. */
  DENSE_VECTOR(Terms.VECTOR);

  /** Names of terms; what they count is said where they are computed. */
  static final class Terms {
    static final List<String> PANEL =
        List.of(
            "call",
            "visit",
            "sum_vector",
            "entry",
            "entry_vector",
            "weight_vector",
            "packed_vector",
            "written_vector",
            "far_vector",
            "far_row",
            "far_weight_byte",
            "spilled_entry_vector",
            "far_entry_vector",
            "padded_row",
            "padded_value");
    static final List<String> VECTOR =
        List.of("call", "row", "step", "entry", "far_first_byte", "far_byte");
    static final List<String> DENSE =
        List.of(
            "call",
            "weight_vector",
            "weight",
            "input",
            "output",
            "far_weight",
            "far_input",
            "far_output",
            "row_vector",
            "narrow_weight");

    private Terms() {}
  }

  private final List<String> terms;

  KernelFamily(List<String> terms) {
    this.terms = terms;
  }

  /** Returns the names of the terms of work, in order. */
  public List<String> terms() {
    return terms;
  }

  /** Returns the name that files use. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
