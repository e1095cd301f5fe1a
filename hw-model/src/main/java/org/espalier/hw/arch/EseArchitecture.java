package org.espalier.hw.arch;

import java.util.Objects;
import java.util.Set;

/**
 * The accelerator ESE: channels that work on utterances of their own, each with elements that share
 * a broadcast of dense inputs and take their weights from one stream.
 *
 * @param pes processing elements of a channel, at least 1
 * @param channels utterances at a time, at least 1
 * @param queueDepth inputs that wait before an element, at least 1
 * @param clockMhz above 0
 * @param indexBits of the run of zeros before an entry, 1 to 15; an entry takes 16 bits in all
 * @param streamBytesPerCycle weights that memory delivers, above 0
 * @param stageLatency cycles from an output's entry into the element-wise stage to its store, at
 *     least 0
 * @param watts of the whole board, above 0
 * @param waiting names of the layers that begin only when the element-wise stage has all their
 *     inputs
 */
public record EseArchitecture(
    int pes,
    int channels,
    int queueDepth,
    double clockMhz,
    int indexBits,
    double streamBytesPerCycle,
    int stageLatency,
    double watts,
    Set<String> waiting) {

  /**
   * The published machine: S. Han et al., "ESE: Efficient Speech Recognition Engine with Sparse
   * LSTM on FPGA", FPGA 2017: 32 elements of each of 32 channels, queues of 8, 200 MHz, 12-bit
   * weights with 4-bit indices, 41 W.
   *
   * <p>Derived, not published: 64 bytes a cycle (12.8 GB/s) feed 32 elements with an entry each;
   * the small matrices of 1024 outputs take 5.36 us = 1072 cycles whatever their weights, one
   * output a cycle plus a latency of 48; the projection waits for the cells, for it takes 5.36 us
   * more than its sums.
   */
  public static final EseArchitecture PUBLISHED =
      new EseArchitecture(32, 32, 8, 200, 4, 64, 48, 41, Set.of("Wym"));

  /** Checks the ranges. */
  public EseArchitecture {
    waiting = Set.copyOf(Objects.requireNonNull(waiting, "waiting"));
    if (pes < 1 || channels < 1 || queueDepth < 1 || indexBits < 1 || indexBits > 15) {
      throw new IllegalArgumentException(
          "out of range: %d elements, %d channels, depth %d, %d bits"
              .formatted(pes, channels, queueDepth, indexBits));
    }
    if (!(clockMhz > 0) || !(streamBytesPerCycle > 0) || stageLatency < 0 || !(watts > 0)) {
      throw new IllegalArgumentException(
          "out of range: %s MHz, %s bytes a cycle, %d cycles, %s W"
              .formatted(clockMhz, streamBytesPerCycle, stageLatency, watts));
    }
  }

  /** Returns this machine with another number of elements a channel. */
  public EseArchitecture withPes(int other) {
    return new EseArchitecture(
        other,
        channels,
        queueDepth,
        clockMhz,
        indexBits,
        streamBytesPerCycle,
        stageLatency,
        watts,
        waiting);
  }

  /** Returns this machine with queues of another depth. */
  public EseArchitecture withQueueDepth(int other) {
    return new EseArchitecture(
        pes,
        channels,
        other,
        clockMhz,
        indexBits,
        streamBytesPerCycle,
        stageLatency,
        watts,
        waiting);
  }
}
