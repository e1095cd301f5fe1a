package org.espalier.pruning.structured.criterion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.espalier.sparse.mask.Scores;

/** Collects the scores of one channel's entries, each of them once. */
final class Entries {

  /** Indices of a parameter along an axis. */
  private record Taken(Scores scores, int axis, BitSet indices) {}

  private final List<Taken> taken = new ArrayList<>();
  private double[] values = new double[16];
  private int size;

  /** Returns what was collected. */
  double[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** Adds the first entry of each row. */
  void addRows(Scores scores, int[] shape, int[] indices) {
    int columns = scores.size() / shape[0];
    for (int index : indices) {
      add(scores.at(index * columns));
    }
  }

  /**
   * Adds all entries at some indices along an axis but those that another axis of the same
   * parameter has brought: a recurrent weight has rows and columns of the same unit.
   *
   * @param scores of the whole parameter; the same object for the same parameter
   */
  void add(Scores scores, int[] shape, int axis, int[] indices) {
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    List<Taken> before = taken.stream().filter(other -> other.scores() == scores).toList();
    int outer = scores.size() / (shape[axis] * inner);
    for (int o = 0; o < outer; o++) {
      for (int index : indices) {
        int start = (o * shape[axis] + index) * inner;
        for (int at = start; at < start + inner; at++) {
          if (before.isEmpty() || !isTaken(before, shape, at)) {
            add(scores.at(at));
          }
        }
      }
    }
    BitSet set = new BitSet();
    Arrays.stream(indices).forEach(set::set);
    taken.add(new Taken(scores, axis, set));
  }

  private static boolean isTaken(List<Taken> before, int[] shape, int at) {
    for (Taken other : before) {
      int inner = 1;
      for (int i = other.axis() + 1; i < shape.length; i++) {
        inner *= shape[i];
      }
      if (other.indices().get(at / inner % shape[other.axis()])) {
        return true;
      }
    }
    return false;
  }

  private void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }
}
