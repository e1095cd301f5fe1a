package org.espalier.tribuo.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.espalier.tribuo.network.ToyData;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;
import org.tribuo.regression.Regressor;
import org.tribuo.test.Helpers;

/** Selections against orders worked by hand, and against all subsets. */
class SelectionTest {

  private static final String TRUTH = "aaaabbbb";

  static SparseEnsembleModel<Label> ensemble(
      MutableDataset<Label> data, float[] weights, String... answers) {
    List<Model<Label>> members = new ArrayList<>();
    for (String answer : answers) {
      members.add(new TableModel(answer, data));
    }
    return new SparseEnsembleModel<>(
        "tables",
        new EnsembleModelProvenance(
            SparseEnsembleModel.class.getName(),
            OffsetDateTime.now(),
            data.getProvenance(),
            new EmptyTrainerProvenance(),
            com.oracle.labs.mlrg.olcut.provenance.ListProvenance.createListProvenance(members)),
        data.getFeatureIDMap(),
        data.getOutputIDInfo(),
        members,
        new Combination<>(new VotingCombiner(), weights));
  }

  private static int[] select(MemberSelection selection, String... answers) {
    var data = TableModel.examples(TRUTH);
    float[] ones = new float[answers.length];
    java.util.Arrays.fill(ones, 1);
    return selection.select(new MemberVotes<>(ensemble(data, ones, answers), data));
  }

  @Test
  void complementsByHand() {
    // Truth aaaabbbb. Of equal votes, the label that comes first in Tribuo's ids wins: a.
    String[] answers = {
      "aaabaaab", // right on 4: 0, 1, 2, 7
      "aaaabbaa", // right on 6: all but 6, 7; the first pick
      "bbbbbbbb", // right on 4 to 7, of the missing 6 and 7 on both: the second pick
      "aaaaabba" // right on 0 to 3, 5, 6: of the missing only on 6
    };
    assertArrayEquals(new int[] {0, 1, 0, 0}, select(new ComplementSelection(1), answers));
    assertArrayEquals(new int[] {0, 1, 1, 0}, select(new ComplementSelection(2), answers));
    // Members 1 and 2 tie on 0 to 3 and 6, 7, which makes them a: wrong on 6, 7. Member 0 is right
    // on 7, member 3 on 6: the first.
    assertArrayEquals(new int[] {1, 1, 1, 0}, select(new ComplementSelection(3), answers));
    assertArrayEquals(new int[] {1, 1, 1, 1}, select(new ComplementSelection(9), answers));
  }

  @Test
  void greedyByHand() {
    String[] answers = {
      "aabbbbba", // wrong on 2, 3, 7
      "bbaabbbb", // wrong on 0, 1: the first pick
      "aaaabaaa" // wrong on 5, 6, 7
    };
    // Two votes that differ make a: 1 + 0 is wrong on 7 alone.
    assertArrayEquals(new int[] {0, 1, 0}, select(new GreedySelection(1, true), answers));
    assertArrayEquals(new int[] {1, 1, 0}, select(new GreedySelection(2, true), answers));
    // A third pick: 1 again gives b on 0 and 1, wrong; 0 again b on 2, 3; 2 leaves 7. None is
    // better than one error, and the smaller ensemble stays.
    assertArrayEquals(new int[] {1, 1, 0}, select(new GreedySelection(3, true), answers));
    assertArrayEquals(new int[] {1, 1, 0}, select(new GreedySelection(3, false), answers));
    // A member that is always right is picked first, and the rest adds nothing.
    assertArrayEquals(new int[] {0, 1}, select(new GreedySelection(9, true), "aaaaaaaa", TRUTH));
  }

  @Test
  void greedyFollowsTheDefinition() {
    Random random = new Random(5);
    for (int trial = 0; trial < 30; trial++) {
      String[] answers = new String[5];
      for (int m = 0; m < answers.length; m++) {
        StringBuilder text = new StringBuilder();
        for (int e = 0; e < TRUTH.length(); e++) {
          boolean right = random.nextDouble() < 0.6;
          text.append(right == (TRUTH.charAt(e) == 'a') ? 'a' : 'b');
        }
        answers[m] = text.toString();
      }
      assertArrayEquals(byDefinition(answers, 6), select(new GreedySelection(6, true), answers));
    }
  }

  /** Caruana et al. 2004 by counting letters, without Tribuo: a tie of votes is a. */
  private static int[] byDefinition(String[] answers, int picks) {
    int[] counts = new int[answers.length];
    int[] best = null;
    for (int pick = 0; pick < picks; pick++) {
      int chosen = 0;
      for (int m = 1; m < answers.length; m++) {
        if (errors(answers, plus(counts, m)) < errors(answers, plus(counts, chosen))) {
          chosen = m;
        }
      }
      counts = plus(counts, chosen);
      if (best == null || errors(answers, counts) < errors(answers, best)) {
        best = counts;
      }
    }
    return best;
  }

  private static int[] plus(int[] counts, int member) {
    int[] more = counts.clone();
    more[member]++;
    return more;
  }

  private static int errors(String[] answers, int[] counts) {
    int errors = 0;
    for (int e = 0; e < TRUTH.length(); e++) {
      int balance = 0;
      for (int m = 0; m < counts.length; m++) {
        balance += answers[m].charAt(e) == 'a' ? counts[m] : -counts[m];
      }
      errors += (balance >= 0) == (TRUTH.charAt(e) == 'a') ? 0 : 1;
    }
    return errors;
  }

  @Test
  void lossesByHand() {
    var numbers = ToyData.targets(2, 1);
    var regression = PredictionLoss.of(numbers.getOutputIDInfo());
    String[] names = {"area", "sum"};
    // ((3 - 1)^2 + (5 - 8)^2) / 2
    assertEquals(
        6.5,
        regression.of(
            new Regressor(names, new double[] {3, 5}), new Regressor(names, new double[] {1, 8})));
    var sets = PredictionLoss.of(ToyData.labelSets(50, 1).getOutputIDInfo());
    // Of far, up and right, up is wrong and right missing.
    assertEquals(2 / 3.0, sets.of(new MultiLabel("far,up"), new MultiLabel("far,right")));
    var labels = PredictionLoss.of(TableModel.examples("ab").getOutputIDInfo());
    assertEquals(0, labels.of(new Label("a", 0.4), new Label("a")));
    assertEquals(1, labels.of(new Label("b"), new Label("a")));
  }

  @Test
  void weightsOfExamplesAndOfMembersCount() {
    var data = TableModel.examples("ab");
    data.getExample(1).setWeight(3);
    var zero = ensemble(data, new float[] {2, 0, 1}, "aa", "bb", "bb");
    var votes = new MemberVotes<>(zero, data);
    // Member 0 has twice the votes of member 2: right on the first, of weight 1 of 4.
    assertEquals(0.75, votes.loss(new int[] {1, 0, 1}));
    assertEquals(0.25, votes.loss(new int[] {0, 0, 1}));
    // The member of weight 0 is as good as the last, and comes before it, but cannot be picked.
    assertArrayEquals(new int[] {0, 0, 1}, new GreedySelection(1, true).select(votes));
    assertArrayEquals(new int[] {0, 0, 1}, new ComplementSelection(1).select(votes));
  }

  @Test
  void refusals() {
    assertThrows(PropertyException.class, () -> new GreedySelection(0, true));
    var refused = assertThrows(PropertyException.class, () -> new ComplementSelection(-1));
    assertEquals("picks", refused.getProperty());
    var data = TableModel.examples("ab");
    var ensemble = ensemble(data, new float[] {1, 1}, "aa", "bb");
    var none = TableModel.examples("");
    assertThrows(
        IllegalArgumentException.class,
        () -> EnsemblePruner.prune(ensemble, new ComplementSelection(1), none));
    var unknown =
        ToyData.dataset(
            List.of(ToyData.example(org.tribuo.classification.LabelFactory.UNKNOWN_LABEL, 1)),
            new org.tribuo.classification.LabelFactory());
    var supervised =
        assertThrows(
            IllegalArgumentException.class,
            () -> EnsemblePruner.prune(ensemble, new ComplementSelection(1), unknown));
    assertTrue(supervised.getMessage().contains("unknown Outputs"), supervised.getMessage());
  }

  @Test
  void configurablesSurvive() {
    Helpers.testConfigurableRoundtrip(new GreedySelection(7, false));
    Helpers.testConfigurableRoundtrip(new ComplementSelection(3));
    Helpers.testProvenanceMarshalling(new GreedySelection(7, false).getProvenance());
    assertEquals("GreedySelection(picks=7,replacement=false)", "" + new GreedySelection(7, false));
    assertEquals("ComplementSelection(picks=3)", new ComplementSelection(3).toString());
  }
}
