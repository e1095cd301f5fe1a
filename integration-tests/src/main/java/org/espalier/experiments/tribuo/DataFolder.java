package org.espalier.experiments.tribuo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tribuo.DataSource;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.csv.CSVLoader;
import org.tribuo.datasource.AggregateDataSource;
import org.tribuo.datasource.IDXDataSource;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * The data sets as they are published, by Tribuo's loaders.
 *
 * @param data folder with {@code mnist} and {@code tabular}
 * @param unpacked folder for CSV files that the loaders can read
 */
record DataFolder(Path data, Path unpacked) {

  private static final int DIGIT_PIXELS = 64;

  /** Census income, 32,561 and 16,281 people. */
  Split<Label> adult() throws IOException {
    return new Split<>(
        AdultRows.of(table("adult/adult.data.gz", "adult.data"), " >50K"),
        AdultRows.of(table("adult/adult.test.gz", "adult.test"), " >50K."));
  }

  /** Handwritten digits as 8 x 8 counts from 0 to 16, 3,823 and 1,797. */
  Split<Label> optdigits() throws IOException {
    String[] header =
        Stream.concat(
                IntStream.range(0, DIGIT_PIXELS).mapToObj("pixel-%02d"::formatted),
                Stream.of("digit"))
            .toArray(String[]::new);
    return new Split<>(
        csv("optdigits/optdigits.tra", ',', new LabelFactory(), header),
        csv("optdigits/optdigits.tes", ',', new LabelFactory(), header));
  }

  /** Three kinds of flowers by four lengths, 150. */
  Split<Label> iris() throws IOException {
    return Split.of(
        csv(
            "iris/bezdekIris.data",
            ',',
            new LabelFactory(),
            "sepal-length",
            "sepal-width",
            "petal-length",
            "petal-width",
            "species"));
  }

  /** Marks of 6,497 wines by eleven measurements; red and white ones together, not told which. */
  Split<Regressor> wine() throws IOException {
    return Split.of(
        new AggregateDataSource<>(
            List.of(
                csv("wine-quality/winequality-red.csv", ';', new RegressionFactory()),
                csv("wine-quality/winequality-white.csv", ';', new RegressionFactory()))));
  }

  /** Handwritten digits, 60,000 and 10,000 images of 28 x 28. */
  Split<Label> mnist() throws IOException {
    return new Split<>(images("train"), images("t10k"));
  }

  private DataSource<Label> images(String part) throws IOException {
    return new IDXDataSource<>(
        data.resolve("mnist").resolve(part + "-images-idx3-ubyte.gz"),
        data.resolve("mnist").resolve(part + "-labels-idx1-ubyte.gz"),
        new LabelFactory());
  }

  /** Reads a table whose last column is the output; an empty header stands in the file. */
  private <T extends Output<T>> DataSource<T> csv(
      String name, char separator, OutputFactory<T> factory, String... header) throws IOException {
    Path file = table(name, Path.of(name).getFileName().toString());
    CSVLoader<T> loader = new CSVLoader<>(separator, factory);
    return header.length == 0
        ? loader.loadDataSource(file, "quality")
        : loader.loadDataSource(file, header[header.length - 1], header);
  }

  private Path table(String name, String unpackedName) throws IOException {
    return UnpackedFile.write(
        data.resolve("tabular").resolve(name), unpacked.resolve(unpackedName));
  }
}
