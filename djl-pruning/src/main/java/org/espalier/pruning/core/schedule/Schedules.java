package org.espalier.pruning.core.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
              timed(
                  "constant",
                  "the target at every decision",
                  p -> new Constant(p.number("target"), timing(p)),
                  TARGET),
              timed(
                  "cubic",
                  "s_f + (s_i - s_f) (1 - f)^3 at progress f (Zhu & Gupta 2017, eq. 1)",
                  p -> new Cubic(p.number("initial"), p.number("target"), timing(p)),
                  INITIAL,
                  TARGET)));

  private Schedules() {}

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
