package org.espalier.pruning.core;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.compensation.Compensations;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.core.forward.Forwards;
import org.espalier.pruning.core.lifecycle.Lifecycles;
import org.espalier.pruning.core.regularizer.Regularizers;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedules;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.core.update.UpdateRules;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.PatternForm;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;

/** Makes {@code docs/recipes.md} from the registries, and keeps it so. */
class RecipeDocsTest {

  @Test
  void theFileInDocsIsUpToDate() {
    StringBuilder page = new StringBuilder(HEAD);
    methods(page);
    patterns(page);
    support(page);
    criteria(page);
    components(page, "Allocations: how much of each tensor", Allocations.REGISTRY);
    components(page, "Schedules: how much, and when", Schedules.REGISTRY);
    components(page, "Lifecycles: what may happen to a weight over time", Lifecycles.REGISTRY);
    components(page, "Compensations: what the survivors do", Compensations.REGISTRY);
    components(page, "Forward rules: what layers compute with", Forwards.REGISTRY);
    components(page, "Update rules: what happens around the optimizer", UpdateRules.REGISTRY);
    components(page, "Regularizers: what pulls weights to zero", Regularizers.REGISTRY);
    GeneratedFile.check(Path.of("../docs/recipes.md"), page.toString());
  }

  private static final String HEAD =
      """
      # Recipes

      Made from the registries by `RecipeDocsTest`; do not edit
      (`mvn -q test -pl djl-pruning -am -Dtest=RecipeDocsTest -Despalier.docs=write
      -Dsurefire.failIfNoSpecifiedTests=false` writes it anew). Editors check recipes by
      [recipe.schema.json](recipe.schema.json): put
      `# yaml-language-server: $schema=recipe.schema.json` on the first line.

      ```yaml
      seed: 42                         # of every random choice
      groups:                          # a recipe of one group may write its keys at the top
      - name: convolutions
        include: ['*Conv2d_weight']    # globs on parameter paths; default: all prunable ones
        exclude: ['01*']
        pattern: channel               # where zeros may be; default unstructured
        aggregate: l2                  # from weights to the pattern's units; default sum
        criterion: magnitude           # which weights matter; default magnitude
        allocation: global             # how the sparsity is spread; default uniform
        schedule: {type: cubic, target: 0.5, begin: 100, end: 2000, every: 100}
        lifecycle: prune               # default prune: dead stays dead
        compensation: none             # default none
        forward: stored                # what layers compute with; default the stored weights
        update: plain                  # what happens around the optimizer; default nothing
        regularizers: []               # penalties, each with its strength; default none
      - name: rest
        include: ['*Linear_weight']
        criterion: {type: taylor, form: squared}
        schedule: {type: one-shot, target: 0.9}
        batches: 4                     # statistics over so many batches, weights at rest; default 1
        rounds: 10                     # one decision in so many geometric parts; default 1
      ```

      Every component is a name, or an object with `type` and the parameters below. Sparsity is
      always the fraction of zeros. kept = floor((1 - sparsity) n + 0.5) of n units; ties keep the
      lowest index.

      """;

  /** Known methods, each as a recipe that the reader takes. */
  private static final String[][] METHODS = {
    {
      "gradual magnitude pruning (Zhu & Gupta 2017)",
      "{schedule: {type: cubic, target: 0.9, begin: 0, end: 5000, every: 100}}"
    },
    {
      "SNIP (Lee et al. 2019)",
      "{criterion: snip, allocation: global, schedule: {type: one-shot, target: 0.95}}"
    },
    {
      "iterative SNIP (de Jorge et al. 2021)",
      "{criterion: snip, allocation: global, rounds: 60, batches: 10,"
          + " schedule: {type: one-shot, target: 0.99}}"
    },
    {
      "FORCE (de Jorge et al. 2021)",
      "{criterion: snip, allocation: global, lifecycle: reselect, rounds: 60, batches: 10,"
          + " schedule: {type: one-shot, target: 0.99}}"
    },
    {
      "GraSP (Wang et al. 2020)",
      "{criterion: grasp, allocation: global, schedule: {type: one-shot, target: 0.95}}"
    },
    {
      "SynFlow (Tanaka et al. 2020)",
      "{criterion: synflow, allocation: global, rounds: 100,"
          + " schedule: {type: one-shot, target: 0.98}}"
    },
    {
      "random pruning with smart ratios (Su et al. 2020)",
      "{criterion: random, allocation: smart-ratios, schedule: {type: one-shot, target: 0.9}}"
    },
    {
      "LAMP (Lee et al. 2021)",
      "{criterion: lamp, allocation: global, schedule: {type: one-shot, target: 0.9}}"
    },
    {
      "filters by L1 norm (Li et al. 2017)",
      "{pattern: channel, criterion: magnitude, schedule: {type: one-shot, target: 0.3}}"
    },
    {
      "network slimming, as a mask (Liu et al. 2017)",
      "{pattern: channel, criterion: bn-scale, allocation: global,"
          + " schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "Taylor importance of filters (Molchanov et al. 2019)",
      "{pattern: channel, aggregate: squared-sum, criterion: {type: taylor, form: signed},"
          + " allocation: global, batches: 10, schedule: {type: one-shot, target: 0.3}}"
    },
    {
      "2:4 for sparse tensor cores (Mishra et al. 2021)",
      "{pattern: '2:4', schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "Wanda (Sun et al. 2024): per output row",
      "{pattern: 'balanced:1', criterion: wanda, schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "Optimal Brain Surgeon on the empirical Fisher matrix (Hassibi & Stork 1993)",
      "{criterion: obs, compensation: obs, schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "movement pruning, hard (Sanh et al. 2020)",
      "{criterion: movement, allocation: global,"
          + " schedule: {type: cubic, target: 0.9, begin: 500, end: 4000, every: 100}}"
    },
    {
      "threshold of quality x standard deviation (Han et al. 2015)",
      "{criterion: std-magnitude, allocation: {type: threshold, value: 0.8},"
          + " schedule: {type: one-shot, target: 0.95}}"
    },
    {
      "discovering neural wirings (Wortsman et al. 2019)",
      "{lifecycle: reselect, forward: straight-through, schedule: {type: constant, target: 0.9}}"
    },
    {
      "Top-KAST (Jayakumar et al. 2020)",
      "{lifecycle: reselect, schedule: {type: constant, target: 0.9, every: 100},"
          + " forward: {type: straight-through, backward: 0.5, penalty: 0.0001}}"
    },
    {
      "movement pruning (Sanh et al. 2020)",
      "{criterion: movement, lifecycle: reselect,"
          + " forward: {type: straight-through, backward: 0.9},"
          + " schedule: {type: cubic, target: 0.9, begin: 100, end: 3000, every: 10}}"
    },
    {
      "STR (Kusupati et al. 2020)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch}, forward: str}"
    },
    {
      "learned threshold pruning (Azarian et al. 2020)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: learned-threshold, lambda: 0.000001}}"
    },
    {
      "continuous sparsification (Savarese et al. 2020)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: continuous, end: 10000, start: -0.03}}"
    },
    {
      "AutoPrune, its gates (Xiao et al. 2019)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: gate, backward: leaky-relu}}"
    },
    {
      "L0 regularization of inputs (Louizos et al. 2018)",
      "{pattern: input-channel, lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: l0, lambda: 0.1, examples: 60000}}"
    },
    {
      "sparse variational dropout (Molchanov et al. 2017)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: variational-dropout, examples: 60000, warmup: 6000}}"
    },
    {
      "lprune (Prechelt 1997)",
      "{criterion: prechelt, allocation: threshold,"
          + " schedule: {type: lprune, limit: 0.95, unit: epoch, begin: 1}}"
    },
    {
      "pattern lock: fine-tune what is sparse already (Intel Neural Compressor)",
      "{lifecycle: lock, schedule: {type: observe, end: 0}}"
    },
  };

  private static void methods(StringBuilder page) {
    page.append("## Known methods as recipes\n\n| method | recipe |\n|---|---|\n");
    for (String[] method : METHODS) {
      Recipe.parse(method[1]);
      row(page, method[0], code(method[1]));
    }
    page.append('\n');
  }

  private static void patterns(StringBuilder page) {
    page.append("## Patterns: where zeros may be\n\n| pattern | unit | keeps | source |\n");
    page.append("|---|---|---|---|\n");
    for (PatternForm form : SparsityPattern.forms()) {
      row(page, code(form.form()), form.granularity(), form.summary(), form.source());
    }
    page.append("\nAggregates, from the scores of weights to the score of a unit: ")
        .append(
            Arrays.stream(Aggregate.values())
                .map(a -> code(a.text()))
                .collect(Collectors.joining(", ")))
        .append(".\n\n");
  }

  /** Which algorithms go with which pattern, found out by trying each pair. */
  private static void support(StringBuilder page) {
    page.append("## Pattern x granularity x algorithm\n\nEvery criterion, schedule, lifecycle and")
        .append(" compensation goes with every pattern; allocations as follows.\n\n");
    page.append("| pattern | granularity | criteria | allocations |\n|---|---|---|---|\n");
    for (PatternForm form : SparsityPattern.forms()) {
      SparsityPattern pattern = SparsityPattern.parse(form.example());
      Set<String> allocations = new TreeSet<>();
      for (Entry<Allocation> entry : Allocations.REGISTRY.entries()) {
        if (goesWith(pattern, RegistrySamples.of(entry))) {
          allocations.add(entry.name());
        }
      }
      boolean all = allocations.equals(Allocations.REGISTRY.names());
      row(
          page,
          code(form.example()),
          form.granularity(),
          "all " + Criteria.REGISTRY.names().size(),
          all ? "all " + allocations.size() : String.join(", ", allocations));
    }
    page.append('\n');
  }

  private static boolean goesWith(SparsityPattern pattern, Allocation allocation) {
    // Two convolutions that every example divides.
    List<TensorInfo> tensors =
        List.of(
            new TensorInfo("a", new int[] {8, 8, 3, 3}, true),
            new TensorInfo("b", new int[] {32, 8, 3, 3}, true));
    double target = pattern.fixedSparsity(tensors.get(0).shape()).orElse(0.5);
    try {
      PruningGroup group =
          PruningGroup.builder(new OneShot(target, Timing.Unit.STEP, 0))
              .optPattern(pattern)
              .optAllocation(allocation)
              .build();
      Binding.of(Recipe.of(group), tensors);
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static void criteria(StringBuilder page) {
    page.append("## Criteria: which weights matter\n\nThe higher the score, the longer a weight")
        .append(" lives. A criterion that needs more than weights is given just that: by the")
        .append(" training loop, or by `espalier mask` from the files `--gradients` and")
        .append(" `--statistics` (tensor `NAME.key`).\n\n");
    page.append("| criterion | score | parameters | needs |\n|---|---|---|---|\n");
    for (Entry<Criterion> entry : Criteria.REGISTRY.entries()) {
      Criterion criterion = RegistrySamples.of(entry);
      Set<String> needs =
          criterion.needs().stream()
              .map(need -> code(need.key()))
              .collect(Collectors.toCollection(TreeSet::new));
      if (criterion instanceof TrackingCriterion) {
        needs.add("every optimizer step");
      }
      row(
          page,
          code(entry.name()),
          entry.summary(),
          parameters(entry.parameters()),
          String.join(", ", needs));
    }
    page.append("\n| key | statistic | numbers |\n|---|---|---|\n");
    for (Statistic statistic : Statistic.values()) {
      row(
          page,
          code(statistic.key()),
          statistic.meaning(),
          switch (statistic.extent()) {
            case WEIGHT -> "one per weight";
            case INPUT -> "one per index of axis 1";
            case OUTPUT -> "one per index of axis 0";
            case SAMPLES -> "one row of weights per example";
          });
    }
    page.append('\n');
  }

  private static <T extends Component> void components(
      StringBuilder page, String title, Registry<T> registry) {
    page.append("## ").append(title).append("\n\n| ").append(registry.kind());
    page.append(" | what it does | parameters |\n|---|---|---|\n");
    for (Entry<T> entry : registry.entries()) {
      row(page, code(entry.name()), entry.summary(), parameters(entry.parameters()));
    }
    page.append('\n');
  }

  private static String parameters(List<Parameter> parameters) {
    return parameters.stream()
        .map(
            p ->
                code(p.name())
                    + ": "
                    + p.meaning()
                    + (p.choices().isEmpty() ? "" : " (" + String.join(", ", p.choices()) + ")")
                    + p.fallback().map(f -> "; default " + f).orElse(""))
        .collect(Collectors.joining("<br>"));
  }

  private static void row(StringBuilder page, String... cells) {
    for (String cell : cells) {
      // A bar would end the cell.
      page.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    page.append("|\n");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
