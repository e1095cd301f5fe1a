package org.espalier.examples.job;

import java.util.List;

/** What a run does to its dense network, by one kind of recipe. */
interface Treatment {

  /**
   * Refuses what would fail after the training of the dense network.
   *
   * @throws org.espalier.sparse.EspalierException naming what to correct
   */
  void require();

  /** Returns the names under which its trainings keep checkpoints. */
  List<String> phases();

  /** Returns how its run, the dense training too, survives being killed. */
  Survival survival();

  /** Returns the hash of the recipe. */
  String recipeSha256();

  /**
   * Prunes, fine-tunes, evaluates, measures, and writes all results into the folder of the run.
   *
   * @param stage that has trained the dense network, if it was trained
   * @param denseAccuracy in [0, 1]
   * @return what the user is told once the results are in their place
   */
  String carryOut(TrainingStage stage, double denseAccuracy) throws Exception;
}
