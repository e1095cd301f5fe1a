package org.espalier.pruning.structured.target;

import java.util.List;
import java.util.Optional;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The targets that recipes can name: one line each. */
public final class Targets {

  private static final Parameter REMOVE =
      Parameter.number("remove", "the fraction that goes, in [0, 1)");

  /** All targets by name. */
  public static final Registry<Target> REGISTRY =
      new Registry<>(
          "target",
          List.of(
              Entry.of(
                  "channels",
                  "channels of all groups that may lose some",
                  p -> Target.channels(p.number("remove")),
                  REMOVE),
              Entry.of(
                  "flops",
                  "operations of one example",
                  p -> Target.flops(p.number("remove")),
                  REMOVE),
              Entry.of(
                  "latency",
                  "time of all products by a model of a device, that code or the command line gives (NetAdapt,"
                      + " Yang et al. 2018)",
                  p ->
                      new Target(
                          new Latency(Optional.empty(), Math.toIntExact(p.integer("batch"))),
                          p.number("remove")),
                  REMOVE,
                  Parameter.integer("batch", 1, "examples of one run, at least 1")),
              Entry.of(
                  "parameters",
                  "entries of all parameters",
                  p -> Target.parameters(p.number("remove")),
                  REMOVE)));

  private Targets() {}
}
