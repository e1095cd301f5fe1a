package org.espalier.pruning.djl.checkpoint;

/**
 * Where a training stands in its data.
 *
 * @param epoch epochs finished, at least 0
 * @param batch batches of the next epoch that are done, at least 0
 * @param batches batches done in all epochs together, at least {@code batch}
 */
public record TrainingPosition(long epoch, long batch, long batches)
    implements Comparable<TrainingPosition> {

  /** Before the first batch. */
  public static final TrainingPosition START = new TrainingPosition(0, 0, 0);

  /** Refuses negative counts. */
  public TrainingPosition {
    if (epoch < 0 || batch < 0 || batches < batch) {
      throw new IllegalArgumentException(
          "epoch %d, batch %d and batches %d are counts".formatted(epoch, batch, batches));
    }
  }

  /** Returns the position after one more batch. */
  public TrainingPosition nextBatch() {
    return new TrainingPosition(epoch, batch + 1, batches + 1);
  }

  /** Returns the position after the end of the epoch. */
  public TrainingPosition nextEpoch() {
    return new TrainingPosition(epoch + 1, 0, batches);
  }

  /**
   * The one that has done more comes later; of two with as many batches, that of the later epoch.
   */
  @Override
  public int compareTo(TrainingPosition other) {
    int order = Long.compare(batches, other.batches);
    return order != 0 ? order : Long.compare(epoch, other.epoch);
  }

  @Override
  public String toString() {
    return "epoch " + epoch + ", batch " + batch;
  }
}
