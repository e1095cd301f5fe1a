package org.espalier.pruning.core.criterion;

/**
 * A number with its derivative along one direction: what is computed with it is differentiated
 * exactly, up to the rounding of double.
 */
record Dual(double value, double slope) {

  static final Dual ZERO = new Dual(0, 0);

  Dual plus(Dual other) {
    return new Dual(value + other.value, slope + other.slope);
  }

  Dual minus(Dual other) {
    return new Dual(value - other.value, slope - other.slope);
  }

  Dual times(Dual other) {
    return new Dual(value * other.value, slope * other.value + value * other.slope);
  }

  Dual times(double factor) {
    return new Dual(value * factor, slope * factor);
  }

  Dual over(Dual other) {
    double quotient = value / other.value;
    return new Dual(quotient, (slope - quotient * other.slope) / other.value);
  }

  Dual tanh() {
    double result = Math.tanh(value);
    return new Dual(result, (1 - result * result) * slope);
  }

  Dual exp() {
    double result = Math.exp(value);
    return new Dual(result, result * slope);
  }
}
