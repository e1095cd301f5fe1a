package org.espalier.pruning.core.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.config.Values;

/** The schedules that recipes can name: one line each. */
public final class Schedules {

  private static final Parameter TARGET =
      Parameter.number("target", "sparsity at the end, in [0, 1)");
  private static final Parameter INITIAL =
      Parameter.number("initial", 0, "sparsity at the begin, in [0, 1)");
  private static final Parameter LIMIT =
      Parameter.number("limit", "sparsity that is never exceeded, in [0, 1)");
  private static final Parameter UNIT =
      Parameter.choice("unit", "step", List.of("step", "epoch"), "what begin, end, every count");

  /** All schedules by name. */
  public static final Registry<Schedule> REGISTRY =
      new Registry<>(
          "schedule",
          List.of(
              Entry.of(
                  "one-shot",
                  "the target at one decision",
                  p -> new OneShot(p.number("target"), unit(p), p.integer("at")),
                  TARGET,
                  Parameter.integer("at", 0, "moment of the decision, at least 0"),
                  UNIT),
              Entry.of(
                  "alternate",
                  "sparse and dense phases in turn (DSD, Han et al. 2017; AC/DC, Peste et al. 2021)",
                  Schedules::alternate,
                  TARGET,
                  Parameter.integer("sparse", "length of a sparse phase, at least 1"),
                  Parameter.integer("dense", "length of a dense phase, at least 1"),
                  Parameter.choice(
                      "last", "sparse", List.of("sparse", "dense"), "phase that follows the end"),
                  Parameter.integer("begin", 0, "of the first sparse phase, at least 0"),
                  Parameter.integer("end", "begin of the last phase, above begin"),
                  UNIT),
              timed(
                  "constant",
                  "the target at every decision",
                  p -> new Constant(p.number("target"), timing(p)),
                  TARGET),
              curve("linear", "s_i + (s_f - s_i) f at progress f"),
              curve("cubic", "s_f + (s_i - s_f) (1 - f)^3 at progress f (Zhu & Gupta 2017, eq. 1)"),
              curve("cube", "s_i + (s_f - s_i) f^3 at progress f: slow at first, unlike cubic"),
              curve("exponential", "1 - (1 - s_i) ((1 - s_f) / (1 - s_i))^f at progress f"),
              curve("cosine", "s_i + (s_f - s_i) (1 - cos(pi f / 2)) at progress f"),
              timed(
                  "geometric",
                  "1 - (1 - rate)^k after k decisions, up to the target (Frankle & Carbin 2019)",
                  p -> new Geometric(p.number("rate"), p.number("target"), timing(p)),
                  Parameter.number("rate", 0.2, "fraction of the living per decision, in (0, 1)"),
                  TARGET),
              timed(
                  "observe",
                  "no sparsity is asked for: for lifecycles that find it by themselves",
                  p -> new Observe(timing(p))),
              Entry.of(
                  "piecewise",
                  "straight lines from point to point, up or down",
                  p -> Piecewise.of(p.table("points"), p.integer("every"), unit(p)),
                  Parameter.table("points", "sparsity, in [0, 1), by count; at least two"),
                  Parameter.integer("every", 1, "distance between decisions, at least 1"),
                  UNIT),
              timed(
                  "two-slope",
                  "a threshold that rises along two slopes (Narang et al. 2017, eq. 1)",
                  Schedules::twoSlope,
                  Parameter.number("q", "90th percentile of the scores of a dense model, positive"),
                  Parameter.integer(
                      "ramp", "count where the steeper slope begins, from begin to end"),
                  Parameter.number("ramp_factor", 1.5, "second slope / first slope, positive"),
                  LIMIT),
              timed(
                  "lprune",
                  "units at most lambda times the mean score die, lambda = lambda_max (1 - 1 / (1 +"
                      + " alpha GL)), GL the generalization loss in percent (Prechelt 1997)",
                  p ->
                      new Lprune(
                          p.number("lambda_max"), p.number("alpha"), p.number("limit"), timing(p)),
                  Parameter.number("lambda_max", 2.0 / 3, "largest lambda, in (0, 1]"),
                  Parameter.number("alpha", 2, "how fast lambda rises with GL, positive"),
                  LIMIT),
              timed(
                  "autoprune",
                  "much at first, then a fraction of the living whenever the generalization loss"
                      + " is above a bound (Finnoff et al. 1993, Prechelt 1997)",
                  Schedules::autoprune,
                  Parameter.number("first", 0.35, "fraction of the first decision, in (0, 1)"),
                  Parameter.number("rate", 0.1, "fraction of the living later, in (0, 1)"),
                  Parameter.number("generalization_loss", 0, "the bound in percent, at least 0"),
                  LIMIT)));

  private Schedules() {}

  private static Schedule alternate(Values p) {
    return new Alternate(
        p.number("target"),
        p.integer("sparse"),
        p.integer("dense"),
        Alternate.Phase.valueOf(p.text("last").toUpperCase(Locale.ROOT)),
        unit(p),
        p.integer("begin"),
        p.integer("end"));
  }

  private static Schedule twoSlope(Values p) {
    return new TwoSlope(
        p.number("q"), p.integer("ramp"), p.number("ramp_factor"), p.number("limit"), timing(p));
  }

  private static Schedule autoprune(Values p) {
    return new Autoprune(
        p.number("first"),
        p.number("rate"),
        p.number("generalization_loss"),
        p.number("limit"),
        timing(p));
  }

  private static Entry<Schedule> curve(String name, String summary) {
    Curve.Shape shape = Curve.Shape.valueOf(name.toUpperCase(Locale.ROOT));
    return timed(
        name,
        summary,
        p -> new Curve(shape, p.number("initial"), p.number("target"), timing(p)),
        INITIAL,
        TARGET);
  }

  /** An entry with the keys of a {@link Timing} after its own. */
  private static Entry<Schedule> timed(
      String name, String summary, Function<Values, Schedule> reader, Parameter... own) {
    List<Parameter> all = new ArrayList<>(Arrays.asList(own));
    all.add(Parameter.integer("begin", 0, "first decision, at least 0"));
    all.add(Parameter.integer("end", 0, "last decision; none = until training ends").orNothing());
    all.add(Parameter.integer("every", 1, "distance between decisions, at least 1"));
    all.add(UNIT);
    return new Entry<>(name, summary, all, reader);
  }

  private static Timing timing(Values p) {
    long end = p.has("end") ? p.integer("end") : Timing.OPEN;
    return new Timing(unit(p), p.integer("begin"), end, p.integer("every"));
  }

  private static Timing.Unit unit(Values p) {
    return p.text("unit").equals("step") ? Timing.Unit.STEP : Timing.Unit.EPOCH;
  }
}
