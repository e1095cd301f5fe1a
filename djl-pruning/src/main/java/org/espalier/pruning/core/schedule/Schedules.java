package org.espalier.pruning.core.schedule;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.config.Registry;

/** The schedules that recipes can name: one line each. */
public final class Schedules {

  /** All schedules by name. */
  public static final Registry<Schedule> REGISTRY =
      new Registry<>(
          Map.of(
              "constant", node -> new Constant(node.required("target").number(), timing(node)),
              "cubic",
                  node ->
                      new Cubic(
                          node.optional("initial").map(ConfigNode::number).orElse(0.0),
                          node.required("target").number(),
                          timing(node)),
              "one-shot",
                  node ->
                      new OneShot(
                          node.required("target").number(),
                          unit(node),
                          node.optional("at").map(ConfigNode::integer).orElse(0L))));

  private Schedules() {}

  /** Reads begin (default 0), end (default open), every (default 1) and unit (default step). */
  private static Timing timing(ConfigNode node) {
    return new Timing(
        unit(node),
        node.optional("begin").map(ConfigNode::integer).orElse(0L),
        node.optional("end").map(ConfigNode::integer).orElse(Timing.OPEN),
        node.optional("every").map(ConfigNode::integer).orElse(1L));
  }

  private static Timing.Unit unit(ConfigNode node) {
    return node.optional("unit").map(Schedules::parseUnit).orElse(Timing.Unit.STEP);
  }

  private static Timing.Unit parseUnit(ConfigNode node) {
    String text = node.text();
    return Arrays.stream(Timing.Unit.values())
        .filter(unit -> unit.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                node.error(
                    Arrays.stream(Timing.Unit.values())
                        .map(Timing.Unit::text)
                        .collect(Collectors.joining(" or ")),
                    "'" + text + "'"));
  }
}
