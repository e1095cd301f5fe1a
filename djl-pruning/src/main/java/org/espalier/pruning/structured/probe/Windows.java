package org.espalier.pruning.structured.probe;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.PoolOp;

/** Pooling windows that turn one shape into another. */
final class Windows {

  private static final int LARGEST = 16;

  /** Windows that differ by axis are many; who uses strange ones gives a hint. */
  private static final int TRIES = 500;

  /** A window along one axis. */
  private record Window(int kernel, int stride, int padding, boolean ceil) {

    /** Output extent: (extent + 2 padding - kernel) / stride + 1, rounded as told. */
    boolean fits(long extent, long output) {
      long span = extent + 2L * padding - kernel;
      if (span < 0) {
        return false;
      }
      long count = (ceil ? (span + stride - 1) / stride : span / stride) + 1;
      // A window that would begin in the padding behind the end is left out.
      if (ceil && (count - 1) * stride >= extent + padding) {
        count--;
      }
      return count == output;
    }
  }

  private Windows() {}

  /** Returns pools over equal windows on all axes first, small ones first. */
  static Stream<Op> candidates(Shape input, Shape output) {
    if (input.dimension() != output.dimension()) {
      return Stream.empty();
    }
    List<List<Window>> axes = new ArrayList<>();
    for (int axis = 2; axis < input.dimension(); axis++) {
      axes.add(fitting(input.get(axis), output.get(axis)));
    }
    List<Window> equal = new ArrayList<>(axes.get(0));
    axes.forEach(equal::retainAll);
    Stream<List<Window>> same = equal.stream().map(w -> axes.stream().map(axis -> w).toList());
    return Stream.concat(same, products(axes)).flatMap(Windows::pools);
  }

  private static List<Window> fitting(long extent, long output) {
    List<Window> windows = new ArrayList<>();
    for (int kernel = 1; kernel <= Math.min(extent + 2, LARGEST); kernel++) {
      for (int stride = 1; stride <= LARGEST; stride++) {
        for (int padding = 0; padding <= kernel / 2; padding++) {
          for (boolean ceil : new boolean[] {false, true}) {
            Window window = new Window(kernel, stride, padding, ceil);
            if (window.fits(extent, output)) {
              windows.add(window);
            }
          }
        }
      }
    }
    windows.sort(Comparator.comparingInt(w -> Math.abs(w.kernel - w.stride) + w.padding));
    return windows;
  }

  /** Different windows per axis; they round alike, since that is said once for all axes. */
  private static Stream<List<Window>> products(List<List<Window>> axes) {
    Stream<List<Window>> all = Stream.of(List.of());
    for (List<Window> axis : axes) {
      all =
          all.flatMap(
              chosen ->
                  axis.stream()
                      .filter(w -> chosen.isEmpty() || chosen.get(0).ceil == w.ceil)
                      .map(w -> Stream.concat(chosen.stream(), Stream.of(w)).toList()));
    }
    return axes.size() == 1
        ? Stream.empty()
        : all.filter(windows -> windows.stream().distinct().count() > 1).limit(TRIES);
  }

  private static Stream<Op> pools(List<Window> windows) {
    Shape kernel = new Shape(windows.stream().mapToLong(Window::kernel).toArray());
    Shape stride = new Shape(windows.stream().mapToLong(Window::stride).toArray());
    Shape padding = new Shape(windows.stream().mapToLong(Window::padding).toArray());
    boolean ceil = windows.get(0).ceil();
    return Stream.of(
        new PoolOp(PoolOp.Kind.MAX, kernel, stride, padding, ceil, true),
        new PoolOp(PoolOp.Kind.AVERAGE, kernel, stride, padding, ceil, true),
        new PoolOp(PoolOp.Kind.AVERAGE, kernel, stride, padding, ceil, false));
  }
}
