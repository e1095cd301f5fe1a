package org.espalier.pruning.structured.target;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.pruning.core.allocation.Share;
import org.espalier.pruning.core.config.Component;
import org.espalier.sparse.InvalidInputException;

/**
 * How much of a network goes.
 *
 * @param measure what is counted
 * @param remove the fraction of it that goes, in [0, 1). Of channels, kept are floor((1 - remove) n
 *     + 0.5) of n; of everything else, at most (1 - remove) of all is left
 */
public record Target(Measure measure, double remove) implements Component {

  /** Refuses fractions out of range. */
  public Target {
    Objects.requireNonNull(measure, "measure");
    if (!(remove >= 0 && remove < 1)) {
      throw new InvalidInputException(
          "remove", "a fraction in [0, 1)", Double.toString(remove), "correct it");
    }
  }

  /** Removes a fraction of the channels. */
  public static Target channels(double remove) {
    return new Target(Count.CHANNELS, remove);
  }

  /** Removes channels until a fraction of the parameters is gone. */
  public static Target parameters(double remove) {
    return new Target(Count.PARAMETERS, remove);
  }

  /** Removes channels until a fraction of the operations is gone. */
  public static Target flops(double remove) {
    return new Target(Count.FLOPS, remove);
  }

  /**
   * Removes channels until a fraction of the time is gone.
   *
   * @param model of the device
   * @param batch examples of one run
   */
  public static Target latency(double remove, LatencyModel model, int batch) {
    return new Target(new Latency(Optional.of(model), batch), remove);
  }

  /** Returns the same with another fraction. */
  public Target withRemove(double other) {
    return new Target(measure, other);
  }

  /** Returns what may be left of a count. */
  public BigDecimal limit(double all) {
    BigDecimal kept = BigDecimal.ONE.subtract(BigDecimal.valueOf(remove));
    return all == Math.rint(all) && all < 1L << 53
        ? Share.kept(remove, (long) all)
        : kept.multiply(BigDecimal.valueOf(all));
  }

  @Override
  public String type() {
    return measure.type();
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>(measure.parameters());
    parameters.put("remove", remove);
    return parameters;
  }
}
