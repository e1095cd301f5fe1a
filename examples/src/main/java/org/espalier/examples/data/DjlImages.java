package org.espalier.examples.data;

import ai.djl.basicdataset.cv.classification.Cifar10;
import ai.djl.basicdataset.cv.classification.FashionMnist;
import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset.Usage;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.espalier.sparse.InvalidInputException;

/**
 * A published data set, read by the class that DJL has for it: from a folder with the usual files,
 * which are checked first, or from DJL's own repository and cache.
 *
 * @param name as the command line knows it
 * @param normalization customary constants, of the full training set
 * @param unpacker checks the usual files and unpacks them as DJL wants them
 * @param opener makes DJL's data set
 */
record DjlImages(
    String name,
    ImageShape shape,
    Normalization normalization,
    BiConsumer<Path, TemporaryFolder> unpacker,
    Opener opener) {

  /** Makes a data set of DJL that is not prepared yet. */
  @FunctionalInterface
  interface Opener {

    /**
     * Returns the data set.
     *
     * @param manager owns the arrays
     * @param repository where to read from, or null for DJL's own
     */
    ArrayDataset open(NDManager manager, Usage usage, Repository repository);
  }

  /** Bounds what is copied out of the engine at a time. */
  private static final int CHUNK = 4_096;

  static final DjlImages MNIST =
      new DjlImages(
          "mnist",
          new ImageShape(1, 28, 28, 10),
          new Normalization(List.of(.1307f), List.of(.3081f)),
          IdxFiles::unpack,
          DjlImages::mnist);

  static final DjlImages FASHION_MNIST =
      new DjlImages(
          "fashion-mnist",
          new ImageShape(1, 28, 28, 10),
          new Normalization(List.of(.2860f), List.of(.3530f)),
          IdxFiles::unpack,
          DjlImages::fashionMnist);

  static final DjlImages CIFAR10 =
      new DjlImages(
          "cifar10",
          new ImageShape(3, 32, 32, 10),
          new Normalization(List.of(.4914f, .4822f, .4465f), List.of(.2470f, .2435f, .2616f)),
          CifarFiles::unpack,
          DjlImages::cifar10);

  /**
   * Reads both sets.
   *
   * @param dataDir folder with the usual files, or null for DJL's own repository and cache
   * @throws InvalidInputException if a file does not hold, or if the download fails
   */
  ImageData load(Path dataDir) {
    if (dataDir == null) {
      return load((Repository) null);
    }
    if (!Files.isDirectory(dataDir)) {
      throw new InvalidInputException(
          dataDir.toString(),
          "a folder with the files of " + name,
          Files.exists(dataDir) ? "something that is no folder" : "nothing",
          "name the folder that holds all files of the data set");
    }
    try (TemporaryFolder unpacked = new TemporaryFolder()) {
      unpacker.accept(dataDir, unpacked);
      return load(Repository.newInstance(name, unpacked.path()));
    }
  }

  private ImageData load(Repository repository) {
    return new ImageData(
        name, drain(Usage.TRAIN, repository), drain(Usage.TEST, repository), normalization);
  }

  private ImageSet drain(Usage usage, Repository repository) {
    try (NDManager manager = NDManager.newBaseManager()) {
      ArrayDataset dataset = opener.open(manager, usage, repository);
      dataset.prepare();
      int size = Math.toIntExact(dataset.size());
      byte[] pixels = new byte[Math.multiplyExact(size, shape.pixels())];
      int[] labels = new int[size];
      for (int from = 0; from < size; from += CHUNK) {
        int to = Math.min(size, from + CHUNK);
        try (Batch batch = dataset.getByRange(manager.newSubManager(), from, to)) {
          NDArray raw = batch.getData().head().transpose(0, 3, 1, 2).toType(DataType.UINT8, false);
          byte[] chunk = raw.toByteArray();
          System.arraycopy(chunk, 0, pixels, from * shape.pixels(), chunk.length);
          float[] chunkLabels = batch.getLabels().head().toFloatArray();
          for (int i = 0; i < chunkLabels.length; i++) {
            labels[from + i] = (int) chunkLabels[i];
          }
        }
      }
      return new ImageSet(pixels, labels, shape);
    } catch (IOException | TranslateException e) {
      throw new InvalidInputException(
          "data set " + name,
          "to find it in DJL's repository or cache",
          e.toString(),
          "give the folder with its files (--data-dir), or connect to the network once",
          e);
    }
  }

  // Each of DJL's three builders has these methods, but they share no type that does.

  private static ArrayDataset mnist(NDManager manager, Usage usage, Repository repository) {
    Mnist.Builder builder =
        Mnist.builder().optManager(manager).optUsage(usage).setSampling(CHUNK, false);
    if (repository != null) {
      builder.optRepository(repository);
    }
    return builder.build();
  }

  private static ArrayDataset fashionMnist(NDManager manager, Usage usage, Repository repository) {
    FashionMnist.Builder builder =
        FashionMnist.builder().optManager(manager).optUsage(usage).setSampling(CHUNK, false);
    if (repository != null) {
      builder.optRepository(repository);
    }
    return builder.build();
  }

  private static ArrayDataset cifar10(NDManager manager, Usage usage, Repository repository) {
    Cifar10.Builder builder =
        Cifar10.builder().optManager(manager).optUsage(usage).setSampling(CHUNK, false);
    if (repository != null) {
      builder.optRepository(repository);
    }
    return builder.build();
  }
}
