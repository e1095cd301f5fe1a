package org.espalier.experiments.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Files in the published formats, a few rows each. */
class DataFolderTest {

  @TempDir Path folder;

  private DataFolder data;

  @BeforeEach
  void makeFolder() {
    data = new DataFolder(folder, folder.resolve("unpacked"));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static TreeMap<String, Double> features(Example<?> example) {
    TreeMap<String, Double> features = new TreeMap<>();
    for (Feature feature : example) {
      features.put(feature.getName(), feature.getValue());
    }
    return features;
  }

  private static List<String> labels(Dataset<Label> data) {
    return data.getData().stream().map(example -> example.getOutput().getLabel()).toList();
  }

  @Test
  void adultHasMissingCategoriesAndTwoSpellingsOfItsLabels() throws IOException {
    String known =
        "39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White,"
            + " Male, 2174, 0, 40, United-States, ";
    String missing =
        "18, ?, 103497, HS-grad, 10, Never-married, ?, Own-child, White, Female, 0, 0, 30, ?, ";
    write(
        "tabular/adult/adult.data.gz",
        zipped((known + ">50K\n" + missing + "<=50K\n\n").getBytes(StandardCharsets.UTF_8)));
    write(
        "tabular/adult/adult.test.gz",
        zipped(
            ("|1x3 Cross validator\n" + missing + "<=50K.\n" + known + ">50K.\n")
                .getBytes(StandardCharsets.UTF_8)));
    Split<Label> split = data.adult();
    Dataset<Label> train = split.trainSet();
    assertEquals(List.of(">50K", "<=50K"), labels(train));
    assertEquals(List.of("<=50K", ">50K"), labels(split.testSet()));
    assertEquals(14, train.getExample(0).size());
    // Three of the eight categories are not known.
    TreeMap<String, Double> second = features(train.getExample(1));
    assertEquals(11, second.size());
    assertEquals(103497, second.get("fnlwgt@value"));
    assertEquals(1, second.get("sex@Female"));
    assertEquals(0, second.keySet().stream().filter(name -> name.contains("?")).count());
  }

  @Test
  void digitsHaveSixtyFourPixels() throws IOException {
    String pixels =
        IntStream.range(0, 64).mapToObj(String::valueOf).collect(Collectors.joining(","));
    write("tabular/optdigits/optdigits.tra", pixels + ",7\n" + pixels + ",3\n");
    write("tabular/optdigits/optdigits.tes", pixels + ",3\n");
    Split<Label> split = data.optdigits();
    assertEquals(List.of("7", "3"), labels(split.trainSet()));
    assertEquals(List.of("3"), labels(split.testSet()));
    assertEquals(63, features(split.trainSet().getExample(0)).get("pixel-63"));
  }

  @Test
  void irisIsSplitTheSameWayEachTime() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append(i).append(",3.5,1.4,0.2,").append(i % 2 == 0 ? "a" : "b").append('\n');
    }
    write("tabular/iris/bezdekIris.data", text + "\n");
    Split<Label> split = data.iris();
    assertEquals(14, split.trainSet().size());
    assertEquals(6, split.testSet().size());
    List<Example<Label>> again = data.iris().testSet().getData();
    for (int i = 0; i < 6; i++) {
      assertEquals(features(split.testSet().getExample(i)), features(again.get(i)), "example " + i);
    }
  }

  @Test
  void validationDataComeFromTheTrainingData() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append(i).append(",3.5,1.4,0.2,a\n");
    }
    write("tabular/iris/bezdekIris.data", text.toString());
    Split<Label> split = data.iris();
    Split<Label> validation = split.validation();
    // 70 train, of which 56 are left.
    assertEquals(56, validation.trainSet().size());
    assertEquals(14, validation.testSet().size());
    List<Double> test = lengths(split.testSet());
    assertEquals(0, lengths(validation.testSet()).stream().filter(test::contains).count());
    assertEquals(0, lengths(validation.trainSet()).stream().filter(test::contains).count());
  }

  private static List<Double> lengths(Dataset<Label> data) {
    return data.getData().stream().map(e -> features(e).get("sepal-length")).toList();
  }

  @Test
  void winesOfBothColorsAreOneSet() throws IOException {
    String header = "\"alcohol\";\"quality\"\n";
    write("tabular/wine-quality/winequality-red.csv", header + "9.4;5\n9.8;6\n10;7\n10.5;5\n");
    write(
        "tabular/wine-quality/winequality-white.csv", header + "8;6\n8.5;6\n9;5\n7;4\n7.5;3\n6;8");
    Split<Regressor> split = data.wine();
    assertEquals(7, split.trainSet().size());
    assertEquals(3, split.testSet().size());
    double sum = 0;
    for (Dataset<Regressor> part : List.of(split.trainSet(), split.testSet())) {
      for (Example<Regressor> example : part) {
        assertEquals(List.of("alcohol"), List.copyOf(features(example).keySet()));
        sum += example.getOutput().getValues()[0];
      }
    }
    assertEquals(55, sum); // 5 + 6 + 7 + 5 + 6 + 6 + 5 + 4 + 3 + 8
  }

  @Test
  void imagesAreIdxFiles() throws IOException {
    for (String part : List.of("train", "t10k")) {
      ByteArrayOutputStream images = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(images);
      for (int number : new int[] {0x803, 2, 2, 2}) {
        out.writeInt(number);
      }
      out.write(new byte[] {0, (byte) 200, 0, 7, 1, 2, 3, 4});
      write("mnist/" + part + "-images-idx3-ubyte.gz", zipped(images.toByteArray()));
      byte[] labels = {0, 0, 8, 1, 0, 0, 0, 2, 5, 9};
      write("mnist/" + part + "-labels-idx1-ubyte.gz", zipped(labels));
    }
    Dataset<Label> train = data.mnist().trainSet();
    assertEquals(List.of("5", "9"), labels(train));
    // Tribuo drops pixels that are 0.
    assertEquals(List.of(200.0, 7.0), List.copyOf(features(train.getExample(0)).values()));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var error = assertThrows(InvalidInputException.class, () -> data.optdigits());
    assertEquals(true, error.getMessage().contains("optdigits.tra"), error.getMessage());
  }
}
