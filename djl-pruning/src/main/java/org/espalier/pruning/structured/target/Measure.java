package org.espalier.pruning.structured.target;

import org.espalier.pruning.core.config.Component;

/** What of a network is counted. Removing channels never makes it larger. */
public interface Measure extends Component {

  /** Returns the count, exact if it is whole and below 2⁵³. */
  double of(Candidate candidate);

  /** Returns what is counted, for messages. */
  String unit();
}
