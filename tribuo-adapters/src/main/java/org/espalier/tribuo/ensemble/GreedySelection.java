package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;

/**
 * Picks members one by one, each time the one with which the ensemble of those picked has the
 * smallest loss on the examples; of equal ones the first. With replacement a member may be picked
 * again and so count more. The answer is the ensemble of the smallest loss on the way, the smallest
 * of equal ones.
 *
 * <p>Source: R. Caruana, A. Niculescu-Mizil, G. Crew, A. Ksikes, "Ensemble Selection from Libraries
 * of Models", ICML 2004, sections 2 and 2.1 (from memory). Without replacement, to a given size:
 * the reduce-error pruning, without its backfitting, of D. Margineantu, T. Dietterich, "Pruning
 * Adaptive Boosting", ICML 1997 (from memory).
 */
public final class GreedySelection implements MemberSelection {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "Picks, at most.")
  private int picks;

  @Config(description = "Whether a member may be picked again.")
  private boolean replacement = true;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private GreedySelection() {}

  /**
   * A selection.
   *
   * @param picks at most, at least 1
   * @param replacement whether a member may be picked again
   * @throws PropertyException if there is no pick
   */
  public GreedySelection(int picks, boolean replacement) {
    this.picks = picks;
    this.replacement = replacement;
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
    int[] best = null;
    double least = Double.POSITIVE_INFINITY;
    int most = replacement ? picks : Math.min(picks, counts.length);
    for (int pick = 0; pick < most; pick++) {
      double loss = pick(votes, counts);
      if (best == null || loss < least) {
        least = loss;
        best = counts.clone();
      }
    }
    return best;
  }

  /** Adds the best member to the counts; returns the loss. */
  private double pick(MemberVotes<?> votes, int[] counts) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int m = 0; m < counts.length; m++) {
      if (votes.isAsked(m) && (replacement || counts[m] == 0)) {
        counts[m]++;
        double loss = votes.loss(counts);
        counts[m]--;
        if (best < 0 || loss < least) {
          least = loss;
          best = m;
        }
      }
    }
    if (best >= 0) {
      counts[best]++;
    }
    return least;
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "MemberSelection");
  }

  @Override
  public String toString() {
    return "GreedySelection(picks=%d,replacement=%s)".formatted(picks, replacement);
  }
}
