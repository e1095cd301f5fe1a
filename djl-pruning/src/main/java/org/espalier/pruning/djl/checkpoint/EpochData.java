package org.espalier.pruning.djl.checkpoint;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/**
 * Training data whose batches depend on the number of the epoch and on nothing that happened
 * before: what a training needs to go on where another process stopped. Random order and random
 * changes (augmentation) may be drawn from DJL, which is seeded anew before the batches of an epoch
 * are asked for, and before each batch.
 */
@FunctionalInterface
public interface EpochData {

  /**
   * Returns the batches of an epoch.
   *
   * @param epoch 0 for the first
   * @param skip batches from the begin of the epoch to leave out, at least 0; leaving them out
   *     should cost little
   * @param manager parent of the batches' arrays; the caller closes each batch
   */
  Iterable<Batch> batches(long epoch, long skip, NDManager manager)
      throws IOException, TranslateException;

  /** Returns what must be the same for a run to go on, by name: label, size, batch size. */
  default Map<String, String> facts() {
    return Map.of();
  }

  /**
   * Returns the batches of a data set of DJL, which draws its order from DJL's own random numbers
   * when an epoch begins. Batches that are left out are made and thrown away.
   *
   * @param dataset without threads of its own
   * @param facts what must be the same for a run to go on
   */
  static EpochData of(Dataset dataset, Map<String, String> facts) {
    return new EpochData() {
      @Override
      public Iterable<Batch> batches(long epoch, long skip, NDManager manager)
          throws IOException, TranslateException {
        Iterator<Batch> all = dataset.getData(manager).iterator();
        for (long i = 0; i < skip && all.hasNext(); i++) {
          all.next().close();
        }
        return () -> all;
      }

      @Override
      public Map<String, String> facts() {
        return facts;
      }
    };
  }
}
