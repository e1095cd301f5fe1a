package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.config.Values;

/** The allocations that recipes can name: one line each. */
public final class Allocations {

  private static final Parameter POWER =
      Parameter.number("power", 1, "of the ratios: 0 is uniform, 1 is the paper's; in [0, 16]");

  /** All allocations by name. */
  public static final Registry<Allocation> REGISTRY =
      new Registry<>(
          "allocation",
          List.of(
              total(
                  "global",
                  "all units of all tensors in one ranking",
                  p -> new Global(Terms.of(p))),
              total(
                  "lamp",
                  "global by x² / Σ y² over the units of the tensor not below, x the score (Lee et"
                      + " al. 2021)",
                  p -> new Lamp(Terms.of(p))),
              total(
                  "uniform", "every tensor at the group's sparsity", p -> new Uniform(Terms.of(p))),
              total(
                  "uniform-plus",
                  "uniform; a first convolution dense, a last fully connected layer at most 0.8"
                      + " (Gale et al. 2019)",
                  p -> new UniformPlus(p.number("first"), p.number("last"), Terms.of(p)),
                  Parameter.number(
                      "first", 0, "largest sparsity of a first convolution, in [0, 1)"),
                  Parameter.number(
                      "last", 0.8, "largest sparsity of a last linear layer, in [0, 1)")),
              total(
                  "er",
                  "density ~ (in + out) / (in out), at most 1 (Mocanu et al. 2018)",
                  p -> erdosRenyi(ErdosRenyi.Form.ER, p),
                  POWER),
              total(
                  "erk",
                  "density ~ sum of the extents / their product, at most 1 (Evci et al. 2020)",
                  p -> erdosRenyi(ErdosRenyi.Form.ERK, p),
                  POWER),
              total(
                  "smart-ratios",
                  "density ~ (L - l + 1)^2 + (L - l + 1) of tensor l of L, the last fixed (Su et al."
                      + " 2020)",
                  p -> new SmartRatios(p.number("last_density"), Terms.of(p)),
                  Parameter.number("last_density", 0.3, "density of the last tensor, in (0, 1]")),
              Entry.of(
                  "table",
                  "a sparsity for each tensor, or the schedule's where that is lower",
                  p -> new Table(p.table("sparsities"), Terms.minKept(p)),
                  Parameter.table("sparsities", "by glob; each tensor matches exactly one"),
                  Terms.MIN_KEPT),
              Entry.of(
                  "threshold",
                  "units with a score above a threshold live (Han et al. 2015)",
                  p -> new Threshold(value(p), Terms.minKept(p)),
                  Parameter.number("value", 0, "the threshold; none = the schedule's").orNothing(),
                  Terms.MIN_KEPT)));

  private Allocations() {}

  /**
   * An entry of an allocation that spreads a total: with the keys of {@link Terms} after its own.
   */
  private static Entry<Allocation> total(
      String name, String summary, Function<Values, Allocation> reader, Parameter... own) {
    List<Parameter> all =
        Stream.concat(Arrays.stream(own), Stream.of(Terms.BUDGET, Terms.MIN_KEPT)).toList();
    return new Entry<>(name, summary, all, reader);
  }

  private static Allocation erdosRenyi(ErdosRenyi.Form form, Values p) {
    return new ErdosRenyi(form, p.number("power"), Terms.of(p));
  }

  private static OptionalDouble value(Values p) {
    return p.has("value") ? OptionalDouble.of(p.number("value")) : OptionalDouble.empty();
  }
}
