package org.espalier.hw.cpu;

/** Hears how far a measurement has come. */
@FunctionalInterface
public interface Progress {

  /** Says nothing. */
  Progress NONE = (done, total, what) -> {};

  /**
   * Takes a step.
   *
   * @param done steps that are behind us
   * @param total steps in all
   * @param what is measured next, in a phrase
   */
  void at(int done, int total, String what);
}
