package org.espalier.experiments.tribuo;

import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.evaluation.TrainTestSplitter;

/**
 * Training and test data of a data set.
 *
 * @param train to learn from
 * @param test to be judged by
 * @param <T> the kind of output
 */
record Split<T extends Output<T>>(DataSource<T> train, DataSource<T> test) {

  private static final long SEED = 20260101;

  /** Fraction of the examples that is trained with where a data set has no test data. */
  private static final double TRAINED = 0.7;

  /** Fraction of the training data that is trained with where the rest is for validation. */
  private static final double TRAINED_OF_TRAINING = 0.8;

  /** Splits a data set that has no test data of its own, always the same way. */
  static <U extends Output<U>> Split<U> of(DataSource<U> all) {
    return of(all, TRAINED);
  }

  private static <U extends Output<U>> Split<U> of(DataSource<U> all, double trained) {
    TrainTestSplitter<U> splitter = new TrainTestSplitter<>(all, trained, SEED);
    return new Split<>(splitter.getTrain(), splitter.getTest());
  }

  /** Returns a split of the training data alone: settings are chosen by it. */
  Split<T> validation() {
    return of(train, TRAINED_OF_TRAINING);
  }

  Dataset<T> trainSet() {
    return new MutableDataset<>(train);
  }

  Dataset<T> testSet() {
    return new MutableDataset<>(test);
  }
}
