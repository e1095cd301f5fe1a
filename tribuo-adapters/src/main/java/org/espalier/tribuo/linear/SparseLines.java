package org.espalier.tribuo.linear;

import java.io.Serializable;
import org.espalier.sparse.InvalidInputException;

/**
 * A matrix of {@code double} without its zeros, line by line, where a line is a row or a column:
 * the entries of line i stand at {@code pointers[i]} up to, not including, {@code pointers[i + 1]}
 * (Saad, Iterative Methods for Sparse Linear Systems, SIAM 2003, section 3.4). The formats of
 * sparse-ops hold {@code float}; Tribuo's weights have more digits, and all of them count here.
 *
 * @param width places in a line
 * @param pointers one more than there are lines
 * @param places of the entries, ascending within a line
 * @param values of the entries
 */
record SparseLines(int width, int[] pointers, int[] places, double[] values)
    implements Serializable {

  /**
   * Checks the arrays.
   *
   * @throws InvalidInputException if they describe no matrix
   */
  SparseLines {
    if (pointers.length == 0
        || pointers[0] != 0
        || pointers[pointers.length - 1] != places.length
        || places.length != values.length) {
      throw damaged("pointers from 0 to " + places.length, values.length + " values");
    }
    for (int i = 1; i < pointers.length; i++) {
      if (pointers[i] < pointers[i - 1] || pointers[i] > places.length) {
        throw damaged("ascending pointers", pointers[i] + " after " + pointers[i - 1]);
      }
      for (int e = pointers[i - 1]; e < pointers[i]; e++) {
        int least = e == pointers[i - 1] ? 0 : places[e - 1] + 1;
        if (places[e] < least || places[e] >= width) {
          throw damaged("a place from %d to %d".formatted(least, width - 1), places[e] + "");
        }
      }
    }
  }

  private static InvalidInputException damaged(String expected, String found) {
    return new InvalidInputException("sparse weights", expected, found, "save the model again");
  }

  /** Returns the number of lines. */
  int lines() {
    return pointers.length - 1;
  }

  /** Returns the same entries by the other dimension, in time linear in entries and size. */
  SparseLines transpose() {
    int[] turned = new int[width + 1];
    for (int place : places) {
      turned[place + 1]++;
    }
    for (int i = 0; i < width; i++) {
      turned[i + 1] += turned[i];
    }
    int[] next = turned.clone();
    int[] lines = new int[places.length];
    double[] sorted = new double[values.length];
    for (int line = 0; line < lines(); line++) {
      for (int e = pointers[line]; e < pointers[line + 1]; e++) {
        int at = next[places[e]]++;
        lines[at] = line;
        sorted[at] = values[e];
      }
    }
    return new SparseLines(lines(), turned, lines, sorted);
  }

  /** Returns the lines of a dense matrix; what is zero, of either sign, is left out. */
  static SparseLines ofRows(double[][] rows, int width) {
    int[] pointers = new int[rows.length + 1];
    for (int r = 0; r < rows.length; r++) {
      pointers[r + 1] = pointers[r];
      for (double value : rows[r]) {
        pointers[r + 1] += value == 0 ? 0 : 1;
      }
    }
    int[] places = new int[pointers[rows.length]];
    double[] values = new double[places.length];
    int at = 0;
    for (double[] row : rows) {
      for (int place = 0; place < width; place++) {
        if (row[place] != 0) {
          places[at] = place;
          values[at++] = row[place];
        }
      }
    }
    return new SparseLines(width, pointers, places, values);
  }
}
