package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.espalier.sparse.mask.Mask;

/**
 * One prunable weight tensor after the run.
 *
 * @param name path of the parameter
 * @param shape extents, each at least 1
 * @param nonzeros weights that are not zero, in [0, elements]
 * @param denseBytes size with every weight stored
 * @param csrBytes size in compressed sparse rows, indices included
 * @param measured times on this machine, or null where nothing was measured
 * @param modelled times that the hardware model predicts, or null where nothing was modelled
 * @param verdict whether sparsity pays here
 */
public record LayerReport(
    String name,
    List<Integer> shape,
    int nonzeros,
    long denseBytes,
    long csrBytes,
    Timing measured,
    Timing modelled,
    Verdict verdict) {

  /** Checks that the counts fit the shape. */
  public LayerReport {
    Checks.text("name", name);
    shape = List.copyOf(shape);
    int elements = elements(shape);
    if (nonzeros < 0 || nonzeros > elements) {
      throw new IllegalArgumentException(
          "nonzeros of '%s' must be in [0, %d], found %d".formatted(name, elements, nonzeros));
    }
    Checks.atLeast("denseBytes", 1, denseBytes);
    Checks.atLeast("csrBytes", 0, csrBytes);
    Objects.requireNonNull(verdict, "verdict");
  }

  /** Returns the number of weights, zero or not. */
  public int elements() {
    return elements(shape);
  }

  /** Returns zeros / elements, in [0, 1]. */
  public double sparsity() {
    return (double) (elements() - nonzeros) / elements();
  }

  /** Returns whether a measurement says the opposite of the verdict. */
  public boolean contradicted() {
    return measured != null && verdict.gain() != (measured.speedup() > 1);
  }

  /** Returns the shape as it is printed, for example {@code 300x784}. */
  String shapeText(String separator) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }

  private static int elements(List<Integer> shape) {
    return Mask.elements(shape.stream().mapToInt(Integer::intValue).toArray());
  }
}
