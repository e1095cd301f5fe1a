package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;

/**
 * A sparsity that moves from an initial value to a target along a curve. With progress f in [0, 1],
 * s_i the initial sparsity and s_f the target, s(0) is s_i and s(1) is s_f, bit for bit.
 *
 * @param shape of the curve
 * @param initial sparsity at the begin, in [0, 1)
 * @param target sparsity from the end on, in [0, 1)
 * @param timing when masks are decided; it must have an end
 */
public record Curve(Shape shape, double initial, double target, Timing timing) implements Schedule {

  /**
   * How a curve bends. Sources: M. Zhu, S. Gupta, "To prune, or not to prune: exploring the
   * efficacy of pruning for model compression", 2017, equation 1, for {@link #CUBIC}; the others
   * are those of Intel Neural Compressor 2.6.1, {@code pruner/schedulers.py}, where s_i is 0. For
   * other s_i the sparsity gained, s_f - s_i, takes the place of s_f; with {@link #EXPONENTIAL} the
   * density does.
   */
  public enum Shape {
    /** s_i + (s_f - s_i) f: the same number of weights at every decision. */
    LINEAR,
    /**
     * s_f + (s_i - s_f) (1 - f)³: fast while weights are plenty, slow towards the end. With t_0 =
     * begin and t_0 + n Δt = end, this is the paper's equation.
     */
    CUBIC,
    /** s_i + (s_f - s_i) f³: other tools' "cube", which bends the other way. */
    CUBE,
    /**
     * 1 - (1 - s_i) ((1 - s_f) / (1 - s_i))^f: the same fraction of the living at every decision.
     */
    EXPONENTIAL,
    /** s_i + (s_f - s_i) (1 - cos(π f / 2)): slow at first, fastest at the end. */
    COSINE;

    /** Returns the name of the schedule that has this shape. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private double at(double f, double initial, double target) {
      double left = 1 - f;
      return switch (this) {
        case LINEAR -> initial + (target - initial) * f;
        case CUBIC -> target + (initial - target) * left * left * left;
        case CUBE -> initial + (target - initial) * f * f * f;
        case EXPONENTIAL -> 1 - (1 - initial) * Math.pow((1 - target) / (1 - initial), f);
        case COSINE -> initial + (target - initial) * (1 - Math.cos(Math.PI * f / 2));
      };
    }
  }

  /** Refuses what is no sparsity, and a timing without end. */
  public Curve {
    Objects.requireNonNull(shape, "shape");
    Schedule.requireSparsity("initial", initial);
    Schedule.requireSparsity("target", target);
    if (timing.end() == Timing.OPEN) {
      throw new InvalidInputException(
          "end",
          "a count",
          "none",
          "the schedule %s must say when it reaches its target".formatted(shape.text()));
    }
  }

  /** Returns the usual curve, that of Zhu and Gupta. */
  public static Curve cubic(double initial, double target, Timing timing) {
    return new Curve(Shape.CUBIC, initial, target, timing);
  }

  @Override
  public String type() {
    return shape.text();
  }

  @Override
  public double sparsityAt(long count) {
    double f = timing.progress(count);
    // The ends are what was asked for: cos(π / 2) in floating point is not 0.
    if (f == 1) {
      return target;
    }
    return f == 0 ? initial : shape.at(f, initial, target);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("initial", initial);
    parameters.put("target", target);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
