package org.espalier.hw.machine;

/**
 * How predictions are made.
 *
 * @param method where a machine can be both simulated and estimated, which of them
 * @param seed of the masks that are drawn where only a density model is known
 */
public record MachineOptions(Method method, long seed) {

  /** The two ways to a prediction. */
  public enum Method {
    /** Cycle by cycle, over the actual mask or one drawn from the model. */
    SIMULATE,
    /** By a formula. */
    ANALYTIC
  }

  /** Simulation with the seed 42. */
  public static final MachineOptions DEFAULT = new MachineOptions(Method.SIMULATE, 42);
}
