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
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores of {@link TinyNets}, worked by hand. */
class ChannelScoresTest {

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

  private static GroupScores score(
      Block block, Shape input, ChannelCriterion criterion, ChannelEvidence evidence) {
    StructuredNetwork network = StructuredNetwork.of(block, input);
    List<GroupScores> scores = ChannelScores.of(network, network.prunable(), criterion, evidence);
    assertEquals(1, scores.size());
    return scores.get(0);
  }

  private GroupScores score(ChannelCriterion criterion, ChannelEvidence evidence) {
    return score(mlp, new Shape(1, 2), criterion, evidence);
  }

  private static ChannelCriterion criterion(String text) {
    return ChannelCriterion.parse(text);
  }

  /** Rows (1, -2), (3, 4), (0, -1); columns (1, -1), (0, 1), (2, -3); biases 0.5, -1, 2. */
  @Test
  void normsOverWhatIsInReach() {
    ChannelCriterion magnitude = criterion("magnitude");
    check(new double[] {3, 7, 1}, 2, magnitude);
    check(new double[] {Math.sqrt(5), 5, 1}, Math.sqrt(2), magnitude.by(Aggregate.L2));
    check(new double[] {2, 1, 5}, 2, magnitude.over(Reach.COLUMNS));
    check(new double[] {5, 8, 6}, 4, magnitude.over(Reach.WEIGHTS));
    check(new double[] {5.5, 9, 8}, 5, magnitude.over(Reach.ALL));
    check(new double[] {1.25, 2, 1.5}, 1, magnitude.over(Reach.WEIGHTS).by(Aggregate.MEAN));
    check(new double[] {2, 4, 3}, 1, magnitude.over(Reach.WEIGHTS).by(Aggregate.MAX));
  }

  private void check(double[] expected, double divisor, ChannelCriterion criterion) {
    GroupScores found = score(criterion, ChannelEvidence.NONE);
    assertArrayEquals(expected, found.scores(), 1e-12);
    assertEquals(divisor, found.divisor(), 1e-12);
  }

  /** Differences (2, 6), (1, 1), (3, 5) have norms √40, √2, √34. */
  @Test
  void geometricMedian() {
    double[] expected = {
      Math.sqrt(40) + Math.sqrt(2), Math.sqrt(40) + Math.sqrt(34), Math.sqrt(2) + Math.sqrt(34)
    };
    check(expected, 1, criterion("fpgm"));
  }

  /** Units put out (0, 6, 1), (2.5, 5, 2), (0, 0, 2). */
  private Sample threeInputs() {
    return TinyNets.sample(manager, new Shape(3, 2), 1, 1, 2, 0, -1, 0);
  }

  /** Zeros: 2, 1 and 0 of 3. */
  @Test
  void percentageOfZeros() {
    ChannelEvidence evidence = TinyNets.evidence(NDArray::sum, threeInputs());
    double[] expected = {1 / 3.0, 2 / 3.0, 1};
    assertArrayEquals(expected, score(criterion("apoz"), evidence).scores(), 1e-6);
  }

  /**
   * Variances 50/36, 62/9 and 2/9 of the outputs above, times the squares of the columns, 2, 1 and
   * 13.
   */
  @Test
  void varianceOfTheContributionToReaders() {
    ChannelEvidence evidence = TinyNets.evidence(NDArray::sum, threeInputs());
    ChannelCriterion contribution = criterion("contribution-variance").over(Reach.COLUMNS);
    double[] expected = {100 / 36.0, 62 / 9.0, 26 / 9.0};
    assertArrayEquals(expected, score(contribution, evidence).scores(), 1e-5);
  }

  /** Input (1, 1), of which units make (0, 6, 1); loss = sum of outputs. */
  private ChannelEvidence linearLoss() {
    return TinyNets.evidence(NDArray::sum, TinyNets.sample(manager, new Shape(1, 2), 1, 1));
  }

  /**
   * ∂L/∂unit = (0: it is off, 1, -1), so that rows have the gradients (0, 0), (1, 1), (-1, -1),
   * biases 0, 1, -1, and columns the outputs (0, 6, 1) twice. Sums of g w: rows 0, 7, 1; columns 0,
   * 6, -1; biases 0, -1, -2.
   */
  @Test
  void taylorOverTheGroup() {
    ChannelCriterion signed = criterion("{type: taylor, form: signed}").by(Aggregate.SQUARED_SUM);
    assertArrayEquals(new double[] {0, 49, 1}, score(signed, linearLoss()).scores(), 1e-5);
    double[] all = score(signed.over(Reach.ALL), linearLoss()).scores();
    assertArrayEquals(new double[] {0, 144, 4}, all, 1e-4);
    double[] absolute = score(criterion("taylor").over(Reach.WEIGHTS), linearLoss()).scores();
    assertArrayEquals(new double[] {0, 13, 6}, absolute, 1e-5);
  }

  /** One example: w² g² over rows are 0, 9 + 16 and 1. */
  @Test
  void fisherOverRows() {
    assertArrayEquals(
        new double[] {0, 25, 1}, score(criterion("fisher"), linearLoss()).scores(), 1e-4);
  }

  /** a ∂L/∂a = 0, 6, -1; the norm is √37. */
  @Test
  void taylorOfActivations() {
    ChannelCriterion plain = criterion("{type: taylor-activation, normalize: false}");
    assertArrayEquals(new double[] {0, 6, 1}, score(plain, linearLoss()).scores(), 1e-5);
    double[] normalized = score(criterion("taylor-activation"), linearLoss()).scores();
    assertArrayEquals(new double[] {0, 6 / Math.sqrt(37), 1 / Math.sqrt(37)}, normalized, 1e-6);
  }

  /**
   * Loss = half the sum of squared outputs: ∂²L/∂w² of row entries of a unit that is on is the sum
   * of its column's squares, 1 and 13; times w² / 2: 25 / 2 and 13 / 2.
   */
  @Test
  void optimalBrainDamage() {
    ChannelEvidence evidence =
        TinyNets.evidence(
            y -> y.mul(y).sum().div(y.getManager().create(2f).duplicate()),
            TinyNets.sample(manager, new Shape(1, 2), 1, 1));
    double[] found = score(criterion("{type: obd, curvature: exact}"), evidence).scores();
    assertArrayEquals(new double[] {0, 12.5, 6.5}, found, 1e-3);
  }

  @Test
  void whatAMovementCriterionHasWatched() {
    ChannelCriterion movement = criterion("movement");
    Map<String, double[]> tracks =
        Map.of("01Linear_weight/movement", new double[] {1, 2, 3, 4, 5, 6});
    double[] found = score(movement, ChannelEvidence.NONE.withTracks(tracks)).scores();
    assertArrayEquals(new double[] {3, 7, 11}, found, 0);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> score(movement, ChannelEvidence.NONE));
    assertTrue(e.getMessage().contains("6 numbers that it has watched of 01Linear_weight"));
  }

  /** γ = (0.5, -2), wherever it is read from. */
  @Test
  void networkSlimming() {
    Block normed = TinyNets.normed(manager);
    Shape input = new Shape(1, 1, 2, 2);
    double[] expected = {0.5, 2};
    ChannelCriterion scales = criterion("magnitude").over(Reach.SCALES);
    assertArrayEquals(
        expected, score(normed, input, criterion("bn-scale"), ChannelEvidence.NONE).scores(), 0);
    assertArrayEquals(expected, score(normed, input, scales, ChannelEvidence.NONE).scores(), 0);
  }

  /** The gate (∂L/∂γ γ + ∂L/∂β β)² is measured in two ways. */
  @Test
  void gatesBehindNorms() {
    Block normed = TinyNets.normed(manager);
    Shape input = new Shape(1, 1, 2, 2);
    ChannelEvidence evidence =
        TinyNets.evidence(
            y -> y.mul(y).sum(),
            TinyNets.sample(manager, new Shape(2, 1, 2, 2), 1, 2, -1, 0, 3, 1, -2, 1));
    ChannelCriterion taylor =
        criterion("{type: taylor, form: signed}").over(Reach.NORMS).by(Aggregate.SQUARED_SUM);
    double[] gates = score(normed, input, criterion("bn-gate"), evidence).scores();
    double[] norms = score(normed, input, taylor, evidence).scores();
    assertTrue(gates[0] > 0 && gates[1] > 0);
    for (int c = 0; c < 2; c++) {
      assertEquals(gates[c], norms[c], 1e-4 * gates[c]);
    }
    double[] absolute = score(normed, input, criterion("gate-gradient"), evidence).scores();
    assertEquals(Math.sqrt(gates[1]), absolute[1], 1e-6 * absolute[1]);
  }

  @Test
  void refusals() {
    refused("batches to measure on", criterion("taylor"));
    refused("scales to score its channels by", criterion("magnitude").over(Reach.SCALES));
    refused("stands still", criterion("weight-change"));
    ChannelCriterion apoz = criterion("apoz");
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> apoz.over(Reach.WEIGHTS));
    assertTrue(e.getMessage().contains("rows, as the criterion 'apoz'"));
    StructuredNetwork network = StructuredNetwork.of(TinyNets.mlp(manager), new Shape(1, 2));
    TinyNets.set(network.block(), "01Linear_weight", manager, 1, 2, Float.NaN, 1, 1, 1);
    InvalidInputException nan =
        assertThrows(
            InvalidInputException.class,
            () ->
                ChannelScores.of(
                    network, network.prunable(), criterion("magnitude"), ChannelEvidence.NONE));
    assertTrue(nan.getMessage().contains("01Linear_weight[2]"));
  }

  private void refused(String words, ChannelCriterion criterion) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> score(criterion, ChannelEvidence.NONE));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
