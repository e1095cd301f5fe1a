package org.espalier.pruning.structured.target;

import java.util.Locale;

/** What can be counted without a machine. */
public enum Count implements Measure {
  /** Channels of the groups that compete; one that several layers share counts once. */
  CHANNELS,
  /** Entries of all parameters. */
  PARAMETERS,
  /** Operations of one example, as {@link org.espalier.pruning.structured.NetworkSize} has them. */
  FLOPS;

  @Override
  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String unit() {
    return type();
  }

  @Override
  public double of(Candidate candidate) {
    return switch (this) {
      case CHANNELS ->
          candidate.groups().stream().mapToLong(group -> group.size()).sum()
              - candidate.selection().count();
      case PARAMETERS -> candidate.network().size(candidate.selection()).parameters();
      case FLOPS -> candidate.network().size(candidate.selection()).flops();
    };
  }
}
