package org.espalier.examples.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.espalier.examples.notebook.Notebook.CodeCell;
import org.espalier.examples.notebook.NotebookShell.CellException;
import org.espalier.hw.cpu.Conditions;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.cpu.KernelFamily;
import org.espalier.hw.file.CpuCalibrationFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook runs from top to bottom, and carries the outputs of such a run. With the kernel
 * itself, and at full size, {@code .ci/notebooks} runs them.
 */
class NotebooksTest {

  /** Each is read by the notebook itself, in plain sight; quiet and off line as all tests are. */
  private static final Map<String, String> SMALL =
      Map.of(
          "espalier.notebook.images", "400",
          "espalier.notebook.epochs", "2",
          "espalier.notebook.size", "64",
          "espalier.notebook.millis", "5",
          "ai.djl.offline", "true",
          "ai.djl.pytorch.num_threads", "1");

  private static final List<String> PATHS =
      List.of(
          "/home/", "/root/", "/tmp/", "/var/", "/Users/", "C:\\", System.getProperty("user.dir"));

  @TempDir private Path folder;

  private static List<Notebook> notebooks() throws IOException {
    return Notebook.all();
  }

  @Test
  void allNotebooksAreFound() throws IOException {
    assertEquals(
        List.of("first-pruning.ipynb", "patterns-and-speed.ipynb", "tribuo-pipeline.ipynb"),
        notebooks().stream().map(Notebook::name).toList());
  }

  /** Writes a calibration of this processor where all costs 1 ns: measuring takes too long. */
  private Path calibration() {
    Map<KernelFamily, List<Double>> units = new EnumMap<>(KernelFamily.class);
    for (KernelFamily family : KernelFamily.values()) {
      units.put(family, Collections.nCopies(family.terms().size(), 1.0));
    }
    Path file = folder.resolve("cpu.json");
    CpuCalibrationFile.write(file, new CpuCalibration(Conditions.here("none"), units));
    return file;
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runsFromTopToBottom(Notebook notebook) throws CellException {
    Map<String, String> properties = new HashMap<>(SMALL);
    properties.put("espalier.notebook.calibration", calibration().toString());
    try (NotebookShell shell = new NotebookShell(properties)) {
      int before = 0;
      for (CodeCell cell : notebook.codeCells()) {
        try {
          shell.execute(cell.code());
        } catch (CellException e) {
          throw new AssertionError(
              "%s, cell %d: %s".formatted(notebook.name(), cell.number(), e.getMessage()), e);
        }
        int now = shell.pictures();
        assertEquals(
            pictures(cell).size(),
            now - before,
            "pictures of cell %d, stored and now".formatted(cell.number()));
        before = now;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void beginsWithTheLinesThatFindEspalier(Notebook notebook) {
    String first = notebook.codeCells().get(0).code();
    assertTrue(first.contains("\n%jars ../target/lib/*.jar\n"), first);
    assertTrue(first.contains("\n%jars ../target/examples-*.jar\n"), first);
    assertTrue(first.contains("%maven org.espalier:examples:"), first);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void carriesTheOutputsOfOneRun(Notebook notebook) throws IOException {
    List<CodeCell> cells = notebook.codeCells();
    assertEquals(
        IntStream.rangeClosed(1, cells.size()).boxed().toList(),
        cells.stream().map(cell -> cell.json().path("execution_count").asInt()).toList());
    List<BufferedImage> pictures = new ArrayList<>();
    for (CodeCell cell : cells) {
      for (JsonNode output : cell.outputs().toList()) {
        assertFalse(output.path("output_type").asText().equals("error"), output.toString());
        assertFalse(output.path("name").asText().equals("stderr"), output.toString());
      }
      pictures.addAll(pictures(cell));
    }
    assertFalse(pictures.isEmpty(), "a notebook has at least one picture");
    for (BufferedImage picture : pictures) {
      long colors =
          IntStream.range(0, picture.getWidth() * picture.getHeight())
              .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
              .distinct()
              .limit(2)
              .count();
      assertEquals(2, colors, "a picture shows something");
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void tellsNothingOfTheMachineThatRanIt(Notebook notebook) {
    String text = notebook.root().toString();
    for (String trace : PATHS) {
      assertFalse(text.contains(trace), notebook + " contains " + trace);
    }
    JsonNode metadata = notebook.root().path("metadata");
    assertEquals("{\"name\":\"java\"}", metadata.path("language_info").toString());
    for (CodeCell cell : notebook.codeCells()) {
      assertEquals("{}", cell.json().path("metadata").toString(), "cell " + cell.number());
    }
  }

  private static List<BufferedImage> pictures(CodeCell cell) {
    return cell.outputs()
        .map(output -> output.path("data").path("image/png"))
        .filter(png -> !png.isMissingNode())
        .map(png -> decode(Notebook.text(png)))
        .toList();
  }

  private static BufferedImage decode(String base64) {
    try {
      byte[] png = Base64.getMimeDecoder().decode(base64);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
      assertNotNull(picture, "no PNG");
      return picture;
    } catch (IOException e) {
      throw new AssertionError("no PNG", e);
    }
  }
}
