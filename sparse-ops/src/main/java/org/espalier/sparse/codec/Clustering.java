package org.espalier.sparse.codec;

import java.util.Objects;
import org.espalier.sparse.InvalidInputException;

/**
 * How shared values are searched for.
 *
 * @param initialization where the centroids start
 * @param seed for {@link Initialization#RANDOM}; the others do not need it
 * @param maxIterations of Lloyd's algorithm, at least 1; it stops earlier when nothing moves
 */
public record Clustering(Initialization initialization, long seed, int maxIterations) {

  /**
   * Refuses no iterations.
   *
   * @throws InvalidInputException if {@code maxIterations} is below 1
   */
  public Clustering {
    Objects.requireNonNull(initialization, "initialization");
    if (maxIterations < 1) {
      throw new InvalidInputException(
          "max_iterations", "at least 1", Integer.toString(maxIterations), "raise it");
    }
  }

  /**
   * Returns linear initialization, which the paper found best (section 3.2), and up to 300 steps.
   */
  public static Clustering defaults() {
    return new Clustering(Initialization.LINEAR, 42, 300);
  }
}
