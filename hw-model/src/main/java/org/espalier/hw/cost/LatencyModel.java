package org.espalier.hw.cost;

import java.util.OptionalDouble;
import org.espalier.sparse.InvalidInputException;

/** Says how long an operation takes on one device: by a table of measurements, or by a model. */
public interface LatencyModel {

  /**
   * Returns the time of one run in microseconds.
   *
   * @return empty if nothing is known of such an operation, pattern or type
   * @throws InvalidInputException if the sizes are too far from what is known
   */
  OptionalDouble latencyUs(LatencyQuery query);
}
