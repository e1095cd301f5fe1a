package org.espalier.pruning.core.forward;

/** Layers compute with the stored weights, in which every pruned weight is exactly 0. */
public enum Stored implements Forward {
  /** The only one: the rule has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "stored";
  }

  @Override
  public boolean latent() {
    return false;
  }
}
