package org.espalier.pruning.report;

/** How a page speaks of what went: single weights, or whole channels. */
enum PruningWords {
  WEIGHTS(
      "Sparsity of all prunable weights over the same steps.",
      "masks changed",
      "changes of the masks"),
  CHANNELS(
      "Sparsity, the fraction of the parameters that is gone, over the same steps.",
      "channels removed",
      "removals of channels");

  private final String sparsityCaption;
  private final String event;
  private final String events;

  PruningWords(String sparsityCaption, String event, String events) {
    this.sparsityCaption = sparsityCaption;
    this.event = event;
    this.events = events;
  }

  /** Returns what stands below the plot of sparsity. */
  String sparsityCaption() {
    return sparsityCaption;
  }

  /** Returns what a mark in that plot means. */
  String event() {
    return event;
  }

  /** Returns what all of them are. */
  String events() {
    return events;
  }
}
