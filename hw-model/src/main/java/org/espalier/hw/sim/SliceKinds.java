package org.espalier.hw.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Elements of more different loads than this are grouped: finely at the top, which counts. */
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
    List<int[]> groups = elementGroups(load);
    for (int[] group : groups) {
      int most =
          Arrays.stream(group).map(element -> setup.rowsOf(element, rows)).max().orElseThrow();
      double[] density = new double[most];
      for (int element : group) {
        for (int local = 0; local < setup.rowsOf(element, rows); local++) {
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
    List<int[]> groups = elementGroups(load);
    List<SliceKinds> kinds = new ArrayList<>();
    for (int[] columns : columnGroups(columnLoad)) {
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

  /**
   * Groups elements of the same load; if loads are many, the most loaded 1, 1, 2, 4, 8, and so on.
   */
  private static List<int[]> elementGroups(double[] load) {
    int[] order = byLoad(load);
    List<int[]> groups = new ArrayList<>();
    boolean few = Arrays.stream(load).distinct().count() <= MOST_KINDS;
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      if (few) {
        while (to < order.length && load[order[to]] == load[order[from]]) {
          to++;
        }
      } else {
        to = groups.size() == MOST_KINDS - 1 ? order.length : from + Math.max(1, from);
      }
      to = Math.min(to, order.length);
      groups.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return groups;
  }

  /** Cuts columns, ordered by load, into parts of one size. */
  private static List<int[]> columnGroups(double[] load) {
    int[] order = byLoad(load);
    int size = (order.length - 1) / COLUMN_KINDS + 1;
    List<int[]> groups = new ArrayList<>();
    for (int from = 0; from < order.length; from += size) {
      groups.add(Arrays.copyOfRange(order, from, Math.min(order.length, from + size)));
    }
    return groups;
  }

  /** The most loaded first. */
  private static int[] byLoad(double[] load) {
    return IntStream.range(0, load.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -load[i]))
        .mapToInt(Integer::intValue)
        .toArray();
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
