package org.espalier.examples.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;

/** The image data sets that a user can name. A further one is one line here. */
public enum DataSource {
  /** Digits drawn by {@link DigitGenerator}; the same ones every time. Ignores the folder. */
  BUILTIN("builtin", dataDir -> DigitGenerator.data(10_000, 4_000, 1)),
  /** LeCun, Cortes, Burges: handwritten digits, 60 000 and 10 000, 28x28 gray. */
  MNIST("mnist", DjlImages.MNIST::load),
  /** Xiao, Rasul, Vollgraf 2017: articles of clothing, 60 000 and 10 000, 28x28 gray. */
  FASHION_MNIST("fashion-mnist", DjlImages.FASHION_MNIST::load),
  /** Krizhevsky 2009: ten kinds of things, 50 000 and 10 000, 32x32 color. */
  CIFAR10("cifar10", DjlImages.CIFAR10::load);

  private final String label;
  private final Function<Path, ImageData> loader;

  DataSource(String label, Function<Path, ImageData> loader) {
    this.label = label;
    this.loader = loader;
  }

  /**
   * Returns the data set of this name.
   *
   * @throws InvalidInputException if there is none; the message lists those that there are
   */
  public static DataSource named(String name) {
    for (DataSource source : values()) {
      if (source.label.equals(name)) {
        return source;
      }
    }
    throw new InvalidInputException("data set", "one of " + names(), name, "name one of these");
  }

  /** Returns all names, for help texts. */
  public static String names() {
    return Arrays.stream(values()).map(DataSource::label).collect(Collectors.joining(", "));
  }

  /** Returns the name that a user types. */
  public String label() {
    return label;
  }

  /**
   * Loads the training and the test set. All files are checked to the last byte before anything
   * else happens.
   *
   * @param dataDir folder with the usual files of the data set, gzip or not; null leaves it to
   *     DJL's own repository and cache
   * @throws InvalidInputException if a file is missing or does not hold, or if a download fails
   */
  public ImageData load(Path dataDir) {
    return loader.apply(dataDir);
  }
}
