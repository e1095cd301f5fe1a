package org.espalier.pruning.structured.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espalier.pruning.structured.op.Op;

/**
 * Finds out what a function computes, by running it: a candidate is taken if it gives the same
 * result on inputs that tell candidates apart. Inputs are seeded, have both signs, and reach beyond
 * the bounds of activations.
 */
final class Probe implements AutoCloseable {

  /** Results of two implementations of one function differ by rounding. */
  private static final float TOLERANCE = 1e-5f;

  private final NDManager manager = NDManager.newBaseManager();
  private final Function<List<NDList>, NDList> function;
  private final List<NDList> inputs;
  private final Optional<NDArray> expected;

  /**
   * Runs the function once.
   *
   * @param function of some tensors
   * @param shapes of them
   */
  Probe(Function<List<NDList>, NDList> function, List<Shape> shapes) {
    this.function = function;
    SplittableRandom random = new SplittableRandom(7);
    inputs = shapes.stream().map(shape -> new NDList(random(shape, random))).toList();
    expected = run(function, manager);
  }

  /** Returns the shape of the only result, empty if the function failed or had several. */
  Optional<Shape> outputShape() {
    return expected.map(NDArray::getShape);
  }

  /** Returns the first candidate that computes the same. */
  <T> Optional<T> first(Stream<T> candidates, Function<T, Function<List<NDList>, NDList>> run) {
    return expected.flatMap(
        result -> candidates.filter(candidate -> equal(result, run.apply(candidate))).findFirst());
  }

  /** Returns the value of the function at one number, for functions that work entry by entry. */
  Optional<Float> at(float value) {
    NDList input = new NDList(manager.full(inputs.get(0).singletonOrThrow().getShape(), value));
    try {
      return Optional.of(function.apply(List.of(input)).singletonOrThrow().flatten().getFloat(0));
    } catch (RuntimeException notDefinedThere) {
      return Optional.empty();
    }
  }

  /** Returns what a function gives; empty if it fails, for example because a shape does not fit. */
  private Optional<NDArray> run(Function<List<NDList>, NDList> candidate, NDManager owner) {
    List<NDList> copies = inputs.stream().map(list -> copy(list, owner)).toList();
    try {
      return Optional.of(candidate.apply(copies).singletonOrThrow());
    } catch (RuntimeException doesNotFit) {
      return Optional.empty();
    }
  }

  private static NDList copy(NDList list, NDManager owner) {
    NDArray copy = list.singletonOrThrow().duplicate();
    copy.attach(owner);
    return new NDList(copy);
  }

  private boolean equal(NDArray result, Function<List<NDList>, NDList> candidate) {
    try (NDManager scratch = manager.newSubManager()) {
      Optional<NDArray> found = run(candidate, scratch);
      return found.isPresent()
          && found.get().getShape().equals(result.getShape())
          && equal(result.toFloatArray(), found.get().toFloatArray());
    }
  }

  private static boolean equal(float[] one, float[] other) {
    for (int i = 0; i < one.length; i++) {
      if (!(Math.abs(one[i] - other[i]) <= TOLERANCE * Math.max(1, Math.abs(one[i])))) {
        return false;
      }
    }
    return true;
  }

  private NDArray random(Shape shape, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (16 * random.nextDouble() - 8);
    }
    return manager.create(values, shape);
  }

  /** Returns what the block of an op computes, for ops without parameters. */
  static Function<List<NDList>, NDList> of(Op op) {
    return joined(Lambdas.of(op.block()));
  }

  /** Returns a function of one list as one of several tensors. */
  static Function<List<NDList>, NDList> joined(Function<NDList, NDList> function) {
    return tensors -> {
      NDList all = new NDList();
      tensors.forEach(all::addAll);
      return function.apply(all);
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
