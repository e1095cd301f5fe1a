package org.espalier.pruning.core.lifecycle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Masks by sorting lists: slow, plain, and written without looking at what it checks. */
final class Oracle {

  private Oracle() {}

  /** Returns the k with the largest scores among those that may be chosen; ties by index. */
  static List<Integer> largest(int n, IntPredicate may, IntToDoubleFunction score, int k) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, n).filter(may).boxed().toList());
    all.sort(
        Comparator.comparingDouble((Integer i) -> -score.applyAsDouble(i)).thenComparing(i -> i));
    return all.subList(0, k);
  }

  static byte[] mask(int n, List<Integer> kept) {
    byte[] mask = new byte[n];
    kept.forEach(i -> mask[i] = 1);
    return mask;
  }

  static int count(byte[] mask) {
    int count = 0;
    for (byte bit : mask) {
      count += bit;
    }
    return count;
  }

  /** Adds the k best that are not in the mask. */
  static byte[] grown(byte[] mask, IntToDoubleFunction score, int k) {
    List<Integer> chosen = largest(mask.length, i -> mask[i] == 0, score, k);
    byte[] grown = mask.clone();
    chosen.forEach(i -> grown[i] = 1);
    return grown;
  }

  /** The random numbers of a decision, from the description in the Javadoc. */
  static double[] draws(long seed, long step, String name, int n) {
    long start = (seed ^ mix((step + 1) * 0x9e3779b97f4a7c15L)) ^ fnv(name);
    double[] draws = new double[n];
    for (int i = 0; i < n; i++) {
      draws[i] = (mix(start + 0x9e3779b97f4a7c15L * (i + 1)) >>> 11) / 9007199254740992.0;
    }
    return draws;
  }

  private static long fnv(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash ^= b & 0xff;
      hash *= 0x100000001b3L;
    }
    return hash;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
