package org.espalier.pruning.core.forward;

/** A forward rule that learns which weights live: by gates, thresholds or variances of its own. */
public interface Learned extends Forward {

  @Override
  default boolean latent() {
    return true;
  }

  @Override
  default boolean learnsMasks() {
    return true;
  }
}
