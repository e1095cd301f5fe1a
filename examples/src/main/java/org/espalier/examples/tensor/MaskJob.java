package org.espalier.examples.tensor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.examples.output.JsonOutput;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.io.ElementType;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.mask.Mask;

/** Masks for the tensors of a file: one decision of the pruner, without network or training. */
public final class MaskJob {

  private final MaskOptions options;
  private final PrintWriter out;

  /**
   * @param options what to do
   * @param out where the table is printed
   */
  public MaskJob(MaskOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Decides and writes the masks.
   *
   * @throws org.espalier.sparse.EspalierException if an input does not hold or an output cannot be
   *     written: no output was touched
   */
  public void run() {
    MaskRecipe choices = new MaskRecipe(options);
    requireSeparate();
    long start = System.nanoTime();
    try (MaskInputs inputs = MaskInputs.open(options)) {
      List<TensorHeader> tensors =
          TensorSelection.choose(inputs.weights(), options.include(), options.exclude());
      Recipe recipe = choices.of(tensors);
      List<TensorInfo> infos =
          tensors.stream().map(t -> new TensorInfo(t.name(), t.shape(), true)).toList();
      Binding binding = MaskRecipe.named(() -> Binding.of(recipe, infos));
      FileWeights source = new FileWeights(inputs, choices.criterion(), options.seed());
      source.require(tensors);
      Map<String, Mask> masks =
          MaskRecipe.named(() -> Pruner.next(binding, PruningState.EMPTY, source)).masks();
      double seconds = (System.nanoTime() - start) / 1e9;
      MaskResult result = result(recipe, tensors, masks, seconds);
      JsonOutput.write(options.json(), result, () -> write(tensors, masks));
      out.print(result.table());
      out.printf(Locale.ROOT, "masks: %s (%.1f s)%n", options.out(), seconds);
      out.flush();
    }
  }

  private void write(List<TensorHeader> tensors, Map<String, Mask> masks) {
    List<TensorHeader> headers =
        tensors.stream()
            .map(tensor -> new TensorHeader(tensor.name(), ElementType.UINT8, tensor.shape()))
            .toList();
    TensorFiles.write(
        options.out(),
        headers,
        header ->
            Tensor.ofBytes(header.name(), header.shape(), masks.get(header.name()).toBytes()));
  }

  private MaskResult result(
      Recipe recipe, List<TensorHeader> tensors, Map<String, Mask> masks, double seconds) {
    PruningGroup group = recipe.groups().get(0);
    List<MaskResult.Row> rows =
        tensors.stream()
            .map(tensor -> MaskResult.Row.of(tensor.name(), masks.get(tensor.name())))
            .toList();
    return new MaskResult(
        options.weights().toString(),
        group.pattern().text(),
        group.aggregate().text(),
        group.criterion().type(),
        group.allocation().type(),
        group.schedule().target(),
        options.seed(),
        rows,
        MaskResult.Total.of(rows),
        seconds);
  }

  /** Refuses outputs that would replace an input or each other. */
  private void requireSeparate() {
    TensorFiles.requireKnownEnding(options.out());
    options.json().ifPresent(json -> SeparateFiles.require("--json", json, "--out", options.out()));
    requireOther("--weights", options.weights());
    options.gradients().ifPresent(path -> requireOther("--gradients", path));
    options.statistics().ifPresent(path -> requireOther("--statistics", path));
  }

  private void requireOther(String option, Path input) {
    SeparateFiles.require("--out", options.out(), option, input);
    Optional<Path> json = options.json();
    json.ifPresent(path -> SeparateFiles.require("--json", path, option, input));
  }
}
