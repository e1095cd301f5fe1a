package org.espalier.pruning.core.lifecycle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Splits a whole number into whole shares that sum to it (the method of largest remainders, A.
 * Hamilton 1792), where nobody can take more than there is room for: who is full passes the rest
 * on. Exact: no rounding of quotas decides.
 */
final class Shares {

  private Shares() {}

  /**
   * Returns the shares, in proportion to the weights; ties give to the lowest index. Where all
   * weights of those with room are 0, the rooms are the weights.
   *
   * @param total at least 0, at most the sum of the rooms
   * @param weights finite, at least 0
   * @param rooms the most that each can take, at least 0
   */
  static int[] of(int total, double[] weights, int[] rooms) {
    int[] shares = new int[weights.length];
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      if (rooms[i] > 0 && weights[i] > 0) {
        open.add(i);
      }
    }
    int left = total;
    while (left > 0) {
      if (open.isEmpty()) {
        open = withRoom(shares, rooms);
        return addLeft(shares, left, open, rooms);
      }
      List<Integer> full = full(left, weights, rooms, open);
      if (full.isEmpty()) {
        split(left, weights, open, shares);
        return shares;
      }
      for (int i : full) {
        shares[i] = rooms[i];
        left -= rooms[i];
      }
      open.removeAll(full);
    }
    return shares;
  }

  private static List<Integer> withRoom(int[] shares, int[] rooms) {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] < rooms[i]) {
        open.add(i);
      }
    }
    return open;
  }

  /** Splits what the weighted ones could not take among the others, by their room. */
  private static int[] addLeft(int[] shares, int left, List<Integer> open, int[] rooms) {
    double[] byRoom = new double[rooms.length];
    for (int i : open) {
      byRoom[i] = rooms[i];
    }
    split(left, byRoom, open, shares);
    return shares;
  }

  /** Returns those whose quota is their room or more. */
  private static List<Integer> full(int left, double[] weights, int[] rooms, List<Integer> open) {
    BigDecimal sum = sum(weights, open);
    return open.stream()
        .filter(
            i -> quota(left, weights[i]).compareTo(sum.multiply(BigDecimal.valueOf(rooms[i]))) >= 0)
        .toList();
  }

  private static void split(int left, double[] weights, List<Integer> open, int[] shares) {
    BigDecimal sum = sum(weights, open);
    int rest = left;
    BigDecimal[] remainders = new BigDecimal[weights.length];
    for (int i : open) {
      BigDecimal[] parts = quota(left, weights[i]).divideAndRemainder(sum);
      shares[i] = parts[0].intValueExact();
      remainders[i] = parts[1];
      rest -= shares[i];
    }
    // Sorting is stable: the lower index first where remainders are equal.
    open.stream()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(rest)
        .forEach(i -> shares[i]++);
  }

  /** The quota times the sum of the weights, which keeps it free of division. */
  private static BigDecimal quota(int left, double weight) {
    return new BigDecimal(weight).multiply(BigDecimal.valueOf(left));
  }

  private static BigDecimal sum(double[] weights, List<Integer> open) {
    return open.stream()
        .map(i -> new BigDecimal(weights[i]))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
