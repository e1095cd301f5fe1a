package org.espalier.pruning.core.update;

/** The optimizer's own update. */
public enum Plain implements UpdateRule {
  /** The only one: the rule has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "plain";
  }
}
