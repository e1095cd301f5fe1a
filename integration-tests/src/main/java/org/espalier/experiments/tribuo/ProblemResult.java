package org.espalier.experiments.tribuo;

import java.util.List;

/**
 * The rows of a data set.
 *
 * @param name of the data set
 * @param measure what scores are
 * @param rows one per contestant
 */
record ProblemResult(String name, String measure, List<Row> rows) {

  /**
   * One contestant.
   *
   * @param label for readers
   * @param runs one per seed
   * @param us microseconds of a prediction
   */
  record Row(String label, List<ModelRun> runs, double us) {

    double meanScore() {
      return runs.stream().mapToDouble(ModelRun::score).average().orElseThrow();
    }

    /** Sample standard deviation, 0 for a single run. */
    double deviation() {
      double mean = meanScore();
      double squares = runs.stream().mapToDouble(run -> Math.pow(run.score() - mean, 2)).sum();
      return runs.size() < 2 ? 0 : Math.sqrt(squares / (runs.size() - 1));
    }

    double savedKilobytes() {
      return runs.stream().mapToLong(ModelRun::savedBytes).average().orElseThrow() / 1e3;
    }

    double learnedKilobytes() {
      return runs.stream().mapToLong(ModelRun::learnedBytes).average().orElseThrow() / 1e3;
    }

    double trainSeconds() {
      return PredictionTimes.median(runs.stream().map(ModelRun::trainSeconds).toList());
    }
  }
}
