package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;

/** Which members of an ensemble stay, judged by examples that did not train them. */
public interface MemberSelection extends Configurable, Provenancable<ConfiguredObjectProvenance> {

  /**
   * Selects members.
   *
   * @param votes what the members say of the examples
   * @return how often each member counts; 0 = left out; not all are 0
   * @throws IllegalArgumentException if the selection is not for such an ensemble
   */
  int[] select(MemberVotes<?> votes);
}
