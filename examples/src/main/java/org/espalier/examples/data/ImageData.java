package org.espalier.examples.data;

/**
 * A data set ready for an experiment: what to train on, what to judge by, and how both are scaled.
 *
 * @param name as the command line knows it
 * @param train images to learn from
 * @param test images that are never trained on, of the same shape
 * @param normalization constants of the training images; applied to both sets
 */
public record ImageData(String name, ImageSet train, ImageSet test, Normalization normalization) {

  /** Checks that both sets hold images of one shape. */
  public ImageData {
    if (!train.shape().equals(test.shape())) {
      throw new IllegalArgumentException(
          "training and test images differ: %s and %s".formatted(train.shape(), test.shape()));
    }
  }

  /** Returns the shape of the images of both sets. */
  public ImageShape shape() {
    return train.shape();
  }

  /**
   * Returns the training images in batches, newly shuffled for each epoch; close it after use.
   *
   * @param batchSize images per batch, at least 1
   * @param seed decides the order of the images, and nothing else does
   */
  public ImageDataset trainBatches(int batchSize, long seed) {
    return ImageDataset.shuffled(train, normalization, batchSize, seed);
  }

  /**
   * Returns the test images in batches, in their own order; close it after use.
   *
   * @param batchSize images per batch, at least 1
   */
  public ImageDataset testBatches(int batchSize) {
    return ImageDataset.inOrder(test, normalization, batchSize);
  }
}
