package org.espalier.pruning.structured.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What structured recipes name, by scores of {@link TinyNets} worked by hand. */
class NamedCriteriaTest {

  private NDManager manager;
  private Block mlp;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    mlp = TinyNets.mlp(manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static double[] score(Block block, Shape input, String keys, ChannelEvidence evidence) {
    StructuredRecipe recipe =
        StructuredRecipe.parse(
            "structured: {target: {type: channels, remove: 0.5}, criterion: " + keys + "}");
    assertEquals(recipe, StructuredRecipe.parse(recipe.canonicalText()));
    StructuredNetwork network = StructuredNetwork.of(block, input);
    List<GroupScores> scores = recipe.criterion().score(network, network.prunable(), evidence);
    assertEquals(1, scores.size());
    return scores.get(0).scores();
  }

  private void check(double[] expected, String keys, ChannelEvidence evidence) {
    assertArrayEquals(expected, score(mlp, new Shape(1, 2), keys, evidence), 1e-3, keys);
  }

  /** Units put out (0, 6, 1), (2.5, 5, 2), (0, 0, 2). */
  private Sample threeInputs() {
    return TinyNets.sample(manager, new Shape(3, 2), 1, 1, 2, 0, -1, 0);
  }

  /**
   * Rows (1, -2), (3, 4), (0, -1). Differences (2, 6), (1, 1), (3, 5) have norms √40, √2, √34. Of
   * three outputs 2, 1 and 0 are zeros. Variances 50/36, 62/9 and 2/9 times squares of columns 2,
   * 1, 13.
   */
  @Test
  void weightsAndActivations() {
    ChannelEvidence evidence = TinyNets.evidence(NDArray::sum, threeInputs());
    check(new double[] {3, 7, 1}, "magnitude", ChannelEvidence.NONE);
    double[] l2 = {Math.sqrt(5), 5, 1};
    check(l2, "magnitude, aggregate: l2", ChannelEvidence.NONE);
    double[] fpgm = {
      Math.sqrt(40) + Math.sqrt(2), Math.sqrt(40) + Math.sqrt(34), Math.sqrt(2) + Math.sqrt(34)
    };
    check(fpgm, "fpgm", ChannelEvidence.NONE);
    check(new double[] {1 / 3.0, 2 / 3.0, 1}, "apoz", evidence);
    double[] contribution = {100 / 36.0, 62 / 9.0, 26 / 9.0};
    check(contribution, "contribution-variance, reach: columns", evidence);
  }

  /** γ = (0.5, -2). */
  @Test
  void networkSlimming() {
    double[] expected = {0.5, 2};
    Block normed = TinyNets.normed(manager);
    Shape input = new Shape(1, 1, 2, 2);
    for (String keys : List.of("bn-scale", "magnitude, reach: scales")) {
      assertArrayEquals(expected, score(normed, input, keys, ChannelEvidence.NONE), 0);
    }
  }

  /** Numbers as {@link ChannelScoresTest#taylorOverTheGroup} has them. */
  @Test
  void taylorAndMovement() {
    ChannelEvidence evidence =
        TinyNets.evidence(NDArray::sum, TinyNets.sample(manager, new Shape(1, 2), 1, 1));
    String signed = "{type: taylor, form: signed}, aggregate: squared-sum";
    check(new double[] {0, 49, 1}, signed, evidence);
    check(new double[] {0, 144, 4}, signed + ", reach: all", evidence);
    check(new double[] {0, 13, 6}, "taylor, reach: weights", evidence);
    Map<String, double[]> tracks =
        Map.of("01Linear_weight/movement", new double[] {1, 2, 3, 4, 5, 6});
    check(new double[] {3, 7, 11}, "movement", ChannelEvidence.NONE.withTracks(tracks));
  }

  /**
   * Loss = half the sum of squared outputs at (1, 1), where units put out (0, 6, 1). Of rows and
   * biases ∂²L/∂w² is the sum of the column's squares, 1 and 13, of columns the unit's output
   * squared, 36 and 1. h w² / 2: rows 25/2 and 13/2, columns 36/2 and 13/2, biases 1/2 and 52/2.
   */
  @Test
  void optimalBrainDamageOverTheGroup() {
    ChannelEvidence evidence =
        TinyNets.evidence(
            y -> y.mul(y).sum().div(y.getManager().create(2f).duplicate()),
            TinyNets.sample(manager, new Shape(1, 2), 1, 1));
    String obd = "{type: obd, curvature: exact}, reach: ";
    check(new double[] {0, 30.5, 13}, obd + "weights", evidence);
    check(new double[] {0, 31, 39}, obd + "all", evidence);
  }

  /**
   * Loss = the mean over three examples of 1, -1 and 1 times the sum of outputs, so that a gate on
   * what unit j puts out, a_j, has the derivative ±a_j times the sum of its column, 0, 1 and -1:
   * (0, 6, -1), (0, -5, 2), (0, 0, -2). Of absolute values the sums are (0, 11, 5), of norm √146.
   * Over the batch the derivatives are (0, 1, -1) / 3; the gates on rows and biases have the same,
   * as a ReLU that is on passes its input.
   */
  @Test
  void firstOrderGates() {
    ChannelEvidence evidence =
        TinyNets.evidence(
            y -> {
              float[] signs = {1 / 3f, -1 / 3f, 1 / 3f};
              NDArray factors = y.getManager().create(signs, new Shape(3, 1)).duplicate();
              return y.mul(factors).sum();
            },
            threeInputs());
    double norm = Math.sqrt(146);
    check(new double[] {0, 11 / norm, 5 / norm}, "gate-importance", evidence);
    check(new double[] {0, Math.sqrt(0.5), Math.sqrt(0.5)}, "gate-sensitivity", evidence);
  }

  @Test
  void gatesNeedSamples() {
    for (String gates : List.of("gate-importance", "gate-sensitivity")) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class,
              () -> score(mlp, new Shape(1, 2), gates, ChannelEvidence.NONE));
      assertEquals("criterion '" + gates + "'", e.place());
      assertEquals("batches to measure on", e.expected());
      assertTrue(e.remedy().contains("ChannelEvidence.of"), e.remedy());
    }
  }
}
