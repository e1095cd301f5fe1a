package org.espalier.hw.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Occupancy;

/**
 * The elements of a batch of rows, in groups of equal or similar work, each with the distribution of
 * its part of a column.
 *
 * @param counts elements of each group
 * @param slices the part of a column that an element of each group has
 */
record SliceKinds(double[] counts, List<Slice> slices) {

  /** Elements of more different loads than this are grouped by load. */
  private static final int MOST_KINDS = 8;

  /** Returns the groups of a batch; a known mask is counted, a model asked for its rows. */
  static SliceKinds of(Occupancy weights, QueueSetup setup, int firstRow, int rows) {
    return weights instanceof Actual mask
        ? counted(mask, setup, firstRow, rows)
        : modelled(weights, setup, firstRow, rows);
  }

  private static SliceKinds modelled(Occupancy weights, QueueSetup setup, int firstRow, int rows) {
    int elements = setup.elements();
    double[] load = new double[elements];
    for (int row = 0; row < rows; row++) {
      load[row % elements] += weights.rowNonZeros(firstRow + row);
    }
    List<Slice> slices = new ArrayList<>();
    List<int[]> groups = groups(load);
    for (int[] group : groups) {
      double[] density = new double[setup.rowsOf(group[group.length - 1], rows)];
      for (int element : group) {
        for (int local = 0; local < density.length; local++) {
          int row = firstRow + element + local * elements;
          density[local] += weights.rowNonZeros(row) / weights.columns() / group.length;
        }
      }
      slices.add(Slice.of(density, setup.span()));
    }
    return new SliceKinds(sizes(groups), slices);
  }

  private static SliceKinds counted(Actual mask, QueueSetup setup, int firstRow, int rows) {
    int elements = setup.elements();
    boolean[] all = new boolean[mask.columns()];
    Arrays.fill(all, true);
    int[] work = new MaskEntries(mask, setup).count(firstRow, rows, all);
    double[] load = new double[elements];
    int most = 0;
    for (int i = 0; i < work.length; i++) {
      load[i % elements] += work[i];
      most = Math.max(most, work[i]);
    }
    List<Slice> slices = new ArrayList<>();
    List<int[]> groups = groups(load);
    for (int[] group : groups) {
      double[] shares = new double[most + 1];
      for (int element : group) {
        for (int i = element; i < work.length; i += elements) {
          shares[work[i]] += 1.0 / mask.columns() / group.length;
        }
      }
      slices.add(Slice.of(shares));
    }
    return new SliceKinds(sizes(groups), slices);
  }

  private static double[] sizes(List<int[]> groups) {
    return groups.stream().mapToDouble(group -> group.length).toArray();
  }

  /** Cuts the elements, ordered by load, where loads differ, or into parts of one size. */
  private static List<int[]> groups(double[] load) {
    Integer[] order = new Integer[load.length];
    Arrays.setAll(order, i -> i);
    // The most loaded first; ties in the order of elements, of which the last has fewest rows.
    Arrays.sort(order, Comparator.comparingDouble(i -> -load[i]));
    boolean few = Arrays.stream(load).distinct().count() <= MOST_KINDS;
    int size = (load.length - 1) / MOST_KINDS + 1;
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= order.length; i++) {
      boolean end =
          i == order.length || (few ? load[order[i]] < load[order[i - 1]] : i - from == size);
      if (end) {
        groups.add(Arrays.stream(order, from, i).mapToInt(Integer::intValue).toArray());
        from = i;
      }
    }
    return groups;
  }

  /** Returns the expected entries of a column, over all elements. */
  double entriesPerColumn() {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i] * slices.get(i).entries();
    }
    return sum;
  }

  /** Returns the expected entries of a column of the busiest group's elements. */
  double mostEntriesPerColumn() {
    return slices.stream().mapToDouble(Slice::entries).max().orElseThrow();
  }
}
