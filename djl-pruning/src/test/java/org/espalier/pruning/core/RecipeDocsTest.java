package org.espalier.pruning.core;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.allocation.Uniform;
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
import org.espalier.pruning.core.lifecycle.Lifecycle;
import org.espalier.pruning.core.lifecycle.Lifecycles;
import org.espalier.pruning.core.lifecycle.Observing;
import org.espalier.pruning.core.lifecycle.Prune;
import org.espalier.pruning.core.regularizer.Regularizers;
import org.espalier.pruning.core.schedule.Observe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Schedules;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.core.update.UpdateRules;
import org.espalier.pruning.structured.criterion.GroupCriteria;
import org.espalier.pruning.structured.criterion.GroupCriterion;
import org.espalier.pruning.structured.ranking.Rankings;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.pruning.structured.target.Targets;
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
    page.append(STRUCTURED);
    components(page, "Gates: criteria of whole channels, beside those of recipes", gates());
    components(page, "Rankings: which channels go first", Rankings.REGISTRY);
    components(page, "Targets: how much goes", Targets.REGISTRY);
    StructuredRecipe.parse(
        STRUCTURED.substring(STRUCTURED.indexOf("structured:"), STRUCTURED.lastIndexOf("```")));
    GeneratedFile.check(Path.of("../docs/recipes.md"), page.toString());
  }

  private static Registry<GroupCriterion> gates() {
    return new Registry<>(
        GroupCriteria.REGISTRY.kind(),
        GroupCriteria.REGISTRY.entries().stream()
            .filter(entry -> !Criteria.REGISTRY.names().contains(entry.name()))
            .toList());
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

  private static final String STRUCTURED =
      """
      # Structured recipes

      What `StructuredPruning` removes from a network in one call, read by `StructuredRecipe.load`;
      [structured-recipe.schema.json](structured-recipe.schema.json) is its schema. Only `target` must
      be there. Channels that belong together are a group; `reach` says which of a group's slices a
      criterion scores: `rows` of weights (filters), `columns` (what reads the channel), `weights`
      (both), `scales` (γ of norms), `norms` (γ and β), `all` (with biases). Criteria that score
      features (`apoz`, `bn-gate`, `bn-scale`, `fpgm`, `gate-gradient`, `taylor-activation`) take rows
      and their mean; gates score channels as they are, without `reach` and `aggregate`, where linear
      layers read them (heads, hidden units; for `gate-importance` no activation may stand directly
      behind these). The fewest channels along the ranking go that meet the target.

      ```yaml
      structured:
        seed: 42                        # of every random choice
        exclude: ['01*']                # names of groups that stay as they are
        criterion: {type: taylor, form: signed}   # default magnitude
        reach: all                      # default rows
        aggregate: squared-sum          # default sum; mean for criteria that score features
        ranking: {type: global, normalize: none}  # default global, normalize: mean
        target: {type: flops, remove: 0.5}
        min_channels: 1                 # that stay of each group
        multiple_of: 8                  # channels that stay are rounded up; a whole group may stay
        steps: 3                        # what is left shrinks geometrically; default 1
      ```

      """;

  private static void methods(StringBuilder page) {
    page.append("## Known methods as recipes\n\n| method | recipe |\n|---|---|\n");
    for (String[] method : KnownMethods.RECIPES) {
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
    page.append("## Pattern x granularity x algorithm\n\nEvery criterion, schedule and")
        .append(
            " compensation goes with every pattern; allocations and lifecycles as follows.\n\n");
    page.append("| pattern | granularity | criteria | allocations | lifecycles |\n");
    page.append("|---|---|---|---|---|\n");
    for (PatternForm form : SparsityPattern.forms()) {
      SparsityPattern pattern = SparsityPattern.parse(form.example());
      Set<String> allocations = new TreeSet<>();
      for (Entry<Allocation> entry : Allocations.REGISTRY.entries()) {
        if (goesWith(pattern, Prune.INSTANCE, RegistrySamples.of(entry))) {
          allocations.add(entry.name());
        }
      }
      Set<String> lifecycles = new TreeSet<>();
      for (Entry<Lifecycle> entry : Lifecycles.REGISTRY.entries()) {
        if (goesWith(pattern, RegistrySamples.of(entry), Uniform.INSTANCE)) {
          lifecycles.add(entry.name());
        }
      }
      boolean all = allocations.equals(Allocations.REGISTRY.names());
      row(
          page,
          code(form.example()),
          form.granularity(),
          "all " + Criteria.REGISTRY.names().size(),
          all ? "all " + allocations.size() : String.join(", ", allocations),
          lifecycles.equals(Lifecycles.REGISTRY.names())
              ? "all " + lifecycles.size()
              : String.join(", ", lifecycles));
    }
    page.append('\n');
  }

  private static boolean goesWith(
      SparsityPattern pattern, Lifecycle lifecycle, Allocation allocation) {
    // Two convolutions that every example divides.
    List<TensorInfo> tensors =
        List.of(
            new TensorInfo("a", new int[] {8, 8, 3, 3}, true),
            new TensorInfo("b", new int[] {32, 8, 3, 3}, true));
    double target = pattern.fixedSparsity(tensors.get(0).shape()).orElse(0.5);
    Schedule schedule =
        lifecycle instanceof Observing
            ? new Observe(Timing.once(Timing.Unit.STEP, 0))
            : new OneShot(target, Timing.Unit.STEP, 0);
    try {
      PruningGroup group =
          PruningGroup.builder(schedule)
              .optPattern(pattern)
              .optLifecycle(lifecycle)
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
