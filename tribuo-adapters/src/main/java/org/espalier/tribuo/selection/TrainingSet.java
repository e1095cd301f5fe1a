package org.espalier.tribuo.selection;

/**
 * What a network learns.
 *
 * @param features standardised
 * @param targets as many rows
 */
record TrainingSet(FeatureMatrix features, Targets targets) {

  int size() {
    return features.examples();
  }

  float[] input(int example) {
    return features.rows()[example];
  }
}
