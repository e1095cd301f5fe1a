package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;

/**
 * Picks members one by one: first the one that is right most often, then each time the one that is
 * right on the most examples on which the ensemble of those picked is wrong, by the weights of
 * examples; of equal ones the first. Each member counts once. For labels and sets of labels.
 *
 * <p>Source: the complementarity measure of G. Martinez-Munoz, A. Suarez, "Aggregation ordering in
 * bagging", IASTED International Conference on Artificial Intelligence and Applications, 2004 (from
 * memory).
 */
public final class ComplementSelection implements MemberSelection {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "Members that stay; all if there are fewer.")
  private int picks;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private ComplementSelection() {}

  /**
   * A selection.
   *
   * @param picks members that stay, at least 1; all if there are fewer
   * @throws PropertyException if none stays
   */
  public ComplementSelection(int picks) {
    this.picks = picks;
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    Picks.require(component, picks);
  }

  @Override
  public int[] select(MemberVotes<?> votes) {
    int[] counts = new int[votes.members()];
    boolean[] solved = new boolean[votes.examples()];
    for (int pick = 0; pick < Math.min(picks, counts.length); pick++) {
      int best = best(votes, counts, solved);
      if (best < 0) {
        return counts;
      }
      counts[best] = 1;
      solved = votes.right(counts);
    }
    return counts;
  }

  /**
   * Returns the member that is right most often where {@code solved} is not; -1 if none is left.
   */
  private static int best(MemberVotes<?> votes, int[] counts, boolean[] solved) {
    int best = -1;
    double most = 0;
    for (int m = 0; m < counts.length; m++) {
      if (votes.isAsked(m) && counts[m] == 0) {
        boolean[] right = votes.right(m);
        double sum = 0;
        for (int e = 0; e < right.length; e++) {
          sum += right[e] && !solved[e] ? votes.weight(e) : 0;
        }
        if (best < 0 || sum > most) {
          most = sum;
          best = m;
        }
      }
    }
    return best;
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "MemberSelection");
  }

  @Override
  public String toString() {
    return "ComplementSelection(picks=%d)".formatted(picks);
  }
}
