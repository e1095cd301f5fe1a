package org.espalier.hw.workload;

import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * What one layer asks of a machine.
 *
 * @param name for reports
 * @param shape sizes
 * @param type of weights and activations
 * @param pattern how the zeros of the weights may lie: what a machine is told in advance
 * @param weights the zeros of the weights: weightRows x weightColumns of the shape
 * @param activations the zeros of the inputs: activationRows x activationColumns of the shape
 */
public record Layer(
    String name,
    LayerShape shape,
    DataType type,
    SparsityPattern pattern,
    Occupancy weights,
    Occupancy activations) {

  /**
   * Checks that operands have the sizes of the layer.
   *
   * @throws InvalidInputException naming the layer
   */
  public Layer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(pattern, "pattern");
    require(name, "weights", weights, shape.weightRows(), shape.weightColumns());
    require(name, "activations", activations, shape.activationRows(), shape.activationColumns());
  }

  private static void require(
      String name, String operand, Occupancy occupancy, int rows, int columns) {
    if (occupancy.rows() != rows || occupancy.columns() != columns) {
      throw new InvalidInputException(
          "layer '" + name + "', " + operand,
          rows + " x " + columns,
          occupancy.rows() + " x " + occupancy.columns(),
          "give the mask or the model of this layer's " + operand);
    }
  }

  /** Returns a layer of single precision without zeros and without a pattern. */
  public static Layer dense(String name, LayerShape shape) {
    return new Layer(
        name,
        shape,
        DataType.FP32,
        Unstructured.INSTANCE,
        Uniform.dense(shape.weightRows(), shape.weightColumns()),
        Uniform.dense(shape.activationRows(), shape.activationColumns()));
  }

  /** Returns this layer on the same machine's dense run: no zeros, no pattern. */
  public Layer dense() {
    return dense(name, shape).withType(type);
  }

  /** Returns this layer with other numbers. */
  public Layer withType(DataType other) {
    return new Layer(name, shape, other, pattern, weights, activations);
  }

  /** Returns this layer with other zeros in the weights. */
  public Layer withWeights(Occupancy other) {
    return new Layer(name, shape, type, pattern, other, activations);
  }

  /** Returns this layer with other zeros in the activations. */
  public Layer withActivations(Occupancy other) {
    return new Layer(name, shape, type, pattern, weights, other);
  }

  /**
   * Returns this layer with weights of a density: uniform, or what an N:M pattern leaves, which
   * knows no other density.
   *
   * @param density of the weights, in [0, 1]; for N:M it must be N / M
   * @throws InvalidInputException if the pattern does not divide the weights or has another density
   */
  public Layer withWeights(SparsityPattern form, double density) {
    Occupancy model;
    if (form instanceof NofM groups) {
      form.requireFits(
          "layer '" + name + "'", new int[] {shape.weightRows(), shape.weightColumns()});
      model =
          new Structured(shape.weightRows(), shape.weightColumns(), groups.keep(), groups.group());
      if (Math.abs(model.density() - density) > 1e-9) {
        throw new InvalidInputException(
            "layer '" + name + "'",
            "density " + model.density() + ", which is what " + form.text() + " leaves",
            Double.toString(density),
            "correct the density or leave it out");
      }
    } else {
      model = Uniform.ofDensity(shape.weightRows(), shape.weightColumns(), density);
    }
    return new Layer(name, shape, type, form, model, activations);
  }

  /**
   * Returns this layer with uniform activations.
   *
   * @param density of the activations, in [0, 1]
   */
  public Layer withActivations(double density) {
    return withActivations(
        Uniform.ofDensity(shape.activationRows(), shape.activationColumns(), density));
  }

  /** Returns multiply-adds that have a living weight, whatever the activations. */
  public double weightMacs() {
    return shape.denseMacs() * weights.density();
  }
}
