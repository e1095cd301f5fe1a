package org.espalier.examples.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Adds to the help texts what the registries know, so that they name every pattern, criterion,
 * allocation and statistic that there is, also those of other jars.
 */
final class Vocabulary implements IModelTransformer {

  @Override
  public CommandSpec transform(CommandSpec command) {
    // Taken out and put back in one by one: the help keeps its order.
    for (OptionSpec option : List.copyOf(command.options())) {
      command.remove(option);
      command.addOption(
          switch (option.longestName()) {
            case "--pattern" ->
                extended(
                    option,
                    SparsityPattern.forms().stream()
                        .map(f -> "  " + f.form() + ": " + f.summary()));
            case "--criterion" -> extended(option, lines(Criteria.REGISTRY.entries()));
            case "--allocation" -> extended(option, lines(Allocations.REGISTRY.entries()));
            case "--aggregate" ->
                extended(
                    option,
                    Stream.of(
                        "  "
                            + Arrays.stream(Aggregate.values())
                                .map(Aggregate::text)
                                .collect(joined())));
            case "--statistics" ->
                extended(option, Arrays.stream(Statistic.Extent.values()).map(Vocabulary::keys));
            default -> option;
          });
    }
    return command;
  }

  private static String keys(Statistic.Extent extent) {
    String length =
        switch (extent) {
          case WEIGHT -> "weight";
          case INPUT -> "index of axis 1";
          case OUTPUT -> "index of axis 0";
          case SAMPLES -> "weight and example";
        };
    return "  one per %s: %s"
        .formatted(
            length,
            Arrays.stream(Statistic.values())
                .filter(statistic -> statistic.extent() == extent)
                .map(Statistic::key)
                .distinct()
                .collect(joined()));
  }

  /** Refuses a number of threads that is none. */
  static void requireThreads(int threads) {
    if (threads < 1) {
      throw new InvalidInputException(
          "--threads", "at least 1", Integer.toString(threads), "raise it or leave it out");
    }
  }

  private static <T extends Component> Stream<String> lines(Collection<Entry<T>> entries) {
    return entries.stream()
        .map(
            entry -> {
              List<Parameter> parameters = entry.parameters();
              String keys =
                  parameters.isEmpty()
                      ? ""
                      : " (" + parameters.stream().map(Parameter::name).collect(joined()) + ")";
              return "  " + entry.name() + keys + ": " + entry.summary();
            });
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static OptionSpec extended(OptionSpec option, Stream<String> lines) {
    String[] all =
        Stream.concat(
                Arrays.stream(option.description()),
                // Percent signs and dollars would be read as formats and variables.
                lines.map(line -> line.replace("%", "%%").replace("$", "$$")))
            .toArray(String[]::new);
    return option.toBuilder().description(all).build();
  }
}
