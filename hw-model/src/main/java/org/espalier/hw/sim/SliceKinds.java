package org.espalier.hw.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Occupancy;

/**
 * The elements of a batch of rows, in groups of equal or similar work, each with the distribution
 * of its part of a column.
 *
 * @param columnShare share of the columns that are like this, in (0, 1]
 * @param counts elements of each group
 * @param slices the part of a column that an element of each group has
 */
record SliceKinds(double columnShare, double[] counts, List<Slice> slices) {

  /** Elements of more different loads than this are grouped by load. */
  private static final int MOST_KINDS = 8;

  /** Columns of a known mask are grouped by load as well: a full column is full for all. */
  private static final int COLUMN_KINDS = 4;

  /** Returns the groups of a batch; a known mask is counted, a model asked for its rows. */
  static List<SliceKinds> of(Occupancy weights, QueueSetup setup, int firstRow, int rows) {
    return weights instanceof Actual mask
        ? counted(mask, setup, firstRow, rows)
        : List.of(modelled(weights, setup, firstRow, rows));
  }

  private static SliceKinds modelled(Occupancy weights, QueueSetup setup, int firstRow, int rows) {
    int elements = setup.elements();
    double[] load = new double[elements];
    for (int row = 0; row < rows; row++) {
      load[row % elements] += weights.rowNonZeros(firstRow + row);
    }
    List<Slice> slices = new ArrayList<>();
    List<int[]> groups = groups(load, MOST_KINDS);
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
    return new SliceKinds(1, sizes(groups), slices);
  }

  private static List<SliceKinds> counted(Actual mask, QueueSetup setup, int firstRow, int rows) {
    int elements = setup.elements();
    boolean[] all = new boolean[mask.columns()];
    Arrays.fill(all, true);
    int[] work = new MaskEntries(mask, setup).count(firstRow, rows, all);
    double[] load = new double[elements];
    double[] columnLoad = new double[mask.columns()];
    for (int i = 0; i < work.length; i++) {
      load[i % elements] += work[i];
      columnLoad[i / elements] += work[i];
    }
    List<int[]> groups = groups(load, MOST_KINDS);
    List<SliceKinds> kinds = new ArrayList<>();
    for (int[] columns : groups(columnLoad, COLUMN_KINDS)) {
      List<Slice> slices = new ArrayList<>();
      for (int[] group : groups) {
        slices.add(Slice.of(shares(work, elements, group, columns)));
      }
      kinds.add(new SliceKinds((double) columns.length / mask.columns(), sizes(groups), slices));
    }
    return kinds;
  }

  private static double[] shares(int[] work, int elements, int[] group, int[] columns) {
    double[] shares = new double[1];
    for (int element : group) {
      for (int column : columns) {
        int entries = work[column * elements + element];
        if (entries >= shares.length) {
          shares = Arrays.copyOf(shares, entries + 1);
        }
        shares[entries] += 1.0 / columns.length / group.length;
      }
    }
    return shares;
  }

  private static double[] sizes(List<int[]> groups) {
    return groups.stream().mapToDouble(group -> group.length).toArray();
  }

  /** Cuts elements or columns, ordered by load, where loads differ, or into parts of one size. */
  private static List<int[]> groups(double[] load, int kinds) {
    Integer[] order = new Integer[load.length];
    Arrays.setAll(order, i -> i);
    // The most loaded first; ties in the order of elements, of which the last has fewest rows.
    Arrays.sort(order, Comparator.comparingDouble(i -> -load[i]));
    boolean few = Arrays.stream(load).distinct().count() <= kinds;
    int size = (load.length - 1) / kinds + 1;
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
