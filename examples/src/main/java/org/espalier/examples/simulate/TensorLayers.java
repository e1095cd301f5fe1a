package org.espalier.examples.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * Layers from a tensor file, of weights or of masks: the zeros of each tensor of two and more axes
 * are its mask. A file does not say how large images are: a kernel counts as the product of its
 * matrix view, (out) x (in * height * width), with {@code columns} columns.
 *
 * @param file .npz or .safetensors
 * @param activations a file with one tensor per layer under the same name, columns of the matrix
 *     view x samples, whose zeros are the inputs' zeros; empty = uniform inputs
 * @param activationDensity of uniform inputs, in (0, 1]
 * @param columns of uniform inputs: samples, or output positions; at least 1
 * @param type that the machine multiplies, whatever the file stores
 * @param pattern what the machine is told of the zeros; empty = 2:4 where they are, else nothing
 */
public record TensorLayers(
    Path file,
    Optional<Path> activations,
    double activationDensity,
    int columns,
    DataType type,
    Optional<SparsityPattern> pattern)
    implements LayerSource {

  private static final SparsityPattern HALF_OF_FOUR = new NofM(2, 4);

  /** Checks the ranges. */
  public TensorLayers {
    if (!(activationDensity > 0 && activationDensity <= 1)) {
      throw new InvalidInputException(
          "--activation-density",
          "the fraction of inputs that are not zero, in (0, 1]",
          Double.toString(activationDensity),
          "1 means that no input is zero");
    }
    if (columns < 1) {
      throw new InvalidInputException(
          "--batch", "at least 1", Integer.toString(columns), "raise it or leave it out");
    }
  }

  @Override
  public List<Path> inputs() {
    return Stream.concat(Stream.of(file), activations.stream()).toList();
  }

  @Override
  public Workload load() {
    List<Layer> layers = new ArrayList<>();
    try (TensorFile weights = TensorFiles.open(file)) {
      for (TensorHeader header : weights.headers()) {
        if (header.shape().length >= 2 && header.elements() > 0) {
          layers.add(layer(header.name(), nonZeros(weights, header)));
        }
      }
    }
    if (layers.isEmpty()) {
      throw new InvalidInputException(
          file.toString(),
          "a tensor of two and more axes",
          "none",
          "name a file that holds the weights or masks of layers");
    }
    return new Workload(file.getFileName().toString(), layers);
  }

  private static Mask nonZeros(TensorFile open, TensorHeader header) {
    return Mask.ofNonZeros(open.read(header).floats(), header.shape());
  }

  private Layer layer(String name, Mask mask) {
    SparsityPattern form = pattern.orElseGet(() -> satisfied(mask));
    if (!form.satisfiedBy(mask)) {
      throw new InvalidInputException(
          file + ", tensor '" + name + "'",
          "zeros as the pattern " + form.text() + " wants them",
          mask.toString(),
          "leave --pattern out, or prune the tensor to it");
    }
    Actual weights = new Actual(mask);
    Occupancy flowing =
        activations
            .map(from -> input(from, name, weights.columns()))
            .orElseGet(() -> Uniform.ofDensity(weights.columns(), columns, activationDensity));
    Gemm shape = new Gemm(weights.rows(), weights.columns(), flowing.columns());
    return new Layer(name, shape, type, form, weights, flowing);
  }

  private static Occupancy input(Path from, String name, int rows) {
    try (TensorFile open = TensorFiles.open(from)) {
      TensorHeader header =
          open.find(name)
              .filter(tensor -> tensor.shape().length == 2 && tensor.shape()[0] == rows)
              .filter(tensor -> tensor.elements() > 0)
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          from.toString(),
                          "a tensor '%s' of %d rows, one per column of the weights"
                              .formatted(name, rows),
                          open.find(name).map(TensorHeader::toString).orElse("none"),
                          "store this layer's inputs as inputs x samples under its name"));
      return new Actual(nonZeros(open, header));
    }
  }

  private static SparsityPattern satisfied(Mask mask) {
    boolean sparse = mask.keptCount() < mask.elements();
    return sparse && HALF_OF_FOUR.misfit(mask.shape()).isEmpty() && HALF_OF_FOUR.satisfiedBy(mask)
        ? HALF_OF_FOUR
        : Unstructured.INSTANCE;
  }
}
