package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.listener.EvaluatorTrainingListener;
import org.junit.jupiter.api.Test;

/** A number that is found every third step, and the evaluator that shows it. */
class LiveFigureTest {

  private long step;
  private int found;
  private final LiveFigure figure = new LiveFigure(3, () -> step, () -> ++found);

  @Test
  void isFoundAgainWhenItIsOldEnough() {
    assertEquals(1, figure.latest());
    step = 2;
    assertEquals(1, figure.latest());
    step = 3;
    assertEquals(2, figure.latest());
    assertEquals(3, figure.now());
    step = 5;
    assertEquals(3, figure.latest());
    step = 6;
    assertEquals(4, figure.latest());
  }

  @Test
  void theEvaluatorIsNoNumberWhereThereWereNoBatches() {
    FigureEvaluator evaluator = new FigureEvaluator("Figure", figure);
    String key = EvaluatorTrainingListener.TRAIN_PROGRESS;
    assertTrue(Float.isNaN(evaluator.getAccumulator(key)), "a key that was never added");
    evaluator.addAccumulator(key);
    assertTrue(Float.isNaN(evaluator.getAccumulator(key)));
    evaluator.updateAccumulator(key, null, null);
    assertEquals(1, evaluator.getAccumulator(key));
    evaluator.resetAccumulator(key);
    assertTrue(Float.isNaN(evaluator.getAccumulator(key)));
  }

  @Test
  void epochsEndWithTheNumberRightThen() {
    FigureEvaluator evaluator = new FigureEvaluator("Figure", figure);
    for (String key :
        new String[] {
          EvaluatorTrainingListener.TRAIN_ALL,
          EvaluatorTrainingListener.TRAIN_EPOCH,
          EvaluatorTrainingListener.VALIDATE_EPOCH
        }) {
      evaluator.updateAccumulator(key, null, null);
    }
    assertEquals(1, evaluator.getAccumulator(EvaluatorTrainingListener.TRAIN_ALL));
    assertEquals(1, evaluator.getAccumulator(EvaluatorTrainingListener.TRAIN_ALL));
    assertEquals(2, evaluator.getAccumulator(EvaluatorTrainingListener.TRAIN_EPOCH));
    assertEquals(3, evaluator.getAccumulator(EvaluatorTrainingListener.VALIDATE_EPOCH));
  }

  @Test
  void evaluatesToTheNumberOnTheManagerOfThePredictions() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray value =
          new FigureEvaluator("Figure", figure)
              .evaluate(null, new NDList(manager.zeros(new Shape(2))));
      assertEquals(1, value.getFloat());
      assertEquals(manager, value.getManager());
    }
  }
}
