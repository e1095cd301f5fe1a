package org.espalier.examples.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.Batchifier;
import ai.djl.util.Progress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.espalier.pruning.djl.checkpoint.EpochData;

/**
 * An {@link ImageSet} as DJL's trainers want it: batches of normalized float32 images (batch,
 * channels, height, width) and int64 labels (batch), which is what {@code SoftmaxCrossEntropyLoss}
 * and {@code Accuracy} index with. Each batch is one indexed read of one big array, which is
 * several times faster than DJL's record-by-record assembly.
 *
 * <p>The order of epoch e depends on the seed and on e alone, not on the random state of the
 * engine; so two trainings that differ in anything else still see the same images in the same
 * order. The last, smaller batch is kept. Each {@link #getData} counts as one epoch. Not for use by
 * several threads at once.
 */
public final class ImageDataset implements Dataset, EpochData, AutoCloseable {

  private final NDManager manager;
  private final NDArray images;
  private final int[] labels;
  private final ImageShape shape;
  private final int batchSize;
  private final Long shuffleSeed;
  private int epoch;

  private ImageDataset(ImageSet set, Normalization normalization, int batchSize, Long shuffleSeed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, found " + batchSize);
    }
    this.shape = set.shape();
    this.labels = set.labels();
    this.batchSize = batchSize;
    this.shuffleSeed = shuffleSeed;
    float[] values = set.normalized(normalization, 0, set.size());
    this.manager = NDManager.newBaseManager();
    this.images =
        manager.create(
            values, new Shape(set.size(), shape.channels(), shape.height(), shape.width()));
  }

  /**
   * Returns batches in an order that is new in each epoch and decided by the seed.
   *
   * @param batchSize images per batch, at least 1
   */
  public static ImageDataset shuffled(
      ImageSet set, Normalization normalization, int batchSize, long seed) {
    return new ImageDataset(set, normalization, batchSize, seed);
  }

  /**
   * Returns batches in the order of the set.
   *
   * @param batchSize images per batch, at least 1
   */
  public static ImageDataset inOrder(ImageSet set, Normalization normalization, int batchSize) {
    return new ImageDataset(set, normalization, batchSize, null);
  }

  /** Returns the number of images. */
  public int size() {
    return labels.length;
  }

  /** Returns the images per batch; the last batch may have fewer. */
  public int batchSize() {
    return batchSize;
  }

  /** Returns the number of batches of an epoch, the last and smaller one included. */
  public int batchesPerEpoch() {
    return (labels.length + batchSize - 1) / batchSize;
  }

  /** Returns the shape of every image. */
  public ImageShape shape() {
    return shape;
  }

  /**
   * Makes the next {@link #getData} deliver this epoch: what a resumed training needs to go on in
   * the order in which it would have gone on.
   *
   * @param epoch 0 for the first
   */
  public void seekEpoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch must be at least 0, found " + epoch);
    }
    this.epoch = epoch;
  }

  /** Does nothing: the images are in memory since construction. */
  @Override
  public void prepare(Progress progress) {}

  /**
   * Returns the batches of the next epoch. Each batch lives on its own child of {@code parent} and
   * frees all its memory on {@code close()}. Progress counts images, as in DJL's own data sets:
   * those delivered up to and including this batch, of those of the epoch.
   */
  @Override
  public Iterable<Batch> getData(NDManager parent) {
    return batches(epoch++, 0, parent);
  }

  /** Returns the batches of any epoch; those left out at its begin are never made. */
  @Override
  public Iterable<Batch> batches(long ofEpoch, long skip, NDManager parent) {
    int[] order = order(ofEpoch);
    int first = (int) Math.min(order.length, skip * batchSize);
    return () -> new BatchIterator(parent, order, first);
  }

  /** Returns the same data for a phase of training that begins with a later epoch. */
  public EpochData from(long firstEpoch) {
    ImageDataset all = this;
    return new EpochData() {
      @Override
      public Iterable<Batch> batches(long ofEpoch, long skip, NDManager parent) {
        return all.batches(firstEpoch + ofEpoch, skip, parent);
      }

      @Override
      public Map<String, String> facts() {
        return all.facts();
      }
    };
  }

  /** Returns how many images there are, and in batches of how many. */
  @Override
  public Map<String, String> facts() {
    return Map.of(
        "training images", Integer.toString(size()), "batch size", Integer.toString(batchSize));
  }

  /** Frees the images. Batches that are still open stay valid. */
  @Override
  public void close() {
    manager.close();
  }

  /** Fisher-Yates shuffle, Knuth, The Art of Computer Programming 2, algorithm 3.4.2P. */
  private int[] order(long ofEpoch) {
    int[] order = new int[labels.length];
    Arrays.setAll(order, i -> i);
    if (shuffleSeed != null) {
      // Mixing the seed first keeps epoch 1 of seed 7 apart from epoch 0 of seed 8.
      long mixed = new SplittableRandom(shuffleSeed).nextLong();
      SplittableRandom random = new SplittableRandom(mixed + ofEpoch).split();
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
    return order;
  }

  private Batch batch(NDManager parent, int[] order, int from) {
    int to = Math.min(from + batchSize, order.length);
    Long[] indices = new Long[to - from];
    long[] rows = new long[to - from];
    long[] batchLabels = new long[to - from];
    for (int i = from; i < to; i++) {
      rows[i - from] = order[i];
      indices[i - from] = rows[i - from];
      batchLabels[i - from] = labels[order[i]];
    }
    NDManager batchManager = parent.newSubManager();
    try (NDArray rowArray = batchManager.create(rows)) {
      NDArray data = images.get(batchManager, new NDIndex("{}", rowArray));
      return new Batch(
          batchManager,
          new NDList(data),
          new NDList(batchManager.create(batchLabels)),
          to - from,
          Batchifier.STACK,
          Batchifier.STACK,
          to,
          labels.length,
          List.of(indices));
    }
  }

  private final class BatchIterator implements Iterator<Batch> {

    private final NDManager parent;
    private final int[] order;
    private int next;

    BatchIterator(NDManager parent, int[] order, int first) {
      this.parent = parent;
      this.order = order;
      this.next = first;
    }

    @Override
    public boolean hasNext() {
      return next < order.length;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch is over");
      }
      Batch batch = batch(parent, order, next);
      next += batch.getSize();
      return batch;
    }
  }
}
