package org.espalier.tribuo.selection;

/**
 * Gradient descent as in the code of QuickSelection: m ← momentum m − rate g, then w ← w + m −
 * decay w, where the decay is not multiplied by the rate.
 *
 * @param rate above 0
 * @param momentum in [0, 1)
 * @param decay in [0, 1)
 */
record Descent(double rate, double momentum, double decay) {

  /** Changes weights in place, and their momenta. */
  void apply(float[] weights, float[] momenta, float[] gradient) {
    float step = (float) rate;
    float kept = (float) momentum;
    float lost = (float) decay;
    for (int i = 0; i < weights.length; i++) {
      momenta[i] = kept * momenta[i] - step * gradient[i];
      weights[i] += momenta[i] - lost * weights[i];
    }
  }
}
