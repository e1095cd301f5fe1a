package org.espalier.examples.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A notebook as it lies on the disk, in Jupyter's format 4.
 *
 * @param name of the file
 * @param root of its JSON
 */
record Notebook(String name, JsonNode root) {

  private static final Path FOLDER = Path.of("notebooks");

  /**
   * A cell with code.
   *
   * @param number in the notebook, counted from 1, cells with prose included
   * @param code its lines
   * @param json all of it
   */
  record CodeCell(int number, String code, JsonNode json) {

    /** Returns what the cell has printed and shown. */
    Stream<JsonNode> outputs() {
      return elements(json.path("outputs"));
    }
  }

  /** Returns every notebook that is shipped, by name. */
  static List<Notebook> all() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(FOLDER, "*.ipynb")) {
      found.forEach(files::add);
    }
    return files.stream().sorted().map(Notebook::read).toList();
  }

  private static Notebook read(Path file) {
    try {
      return new Notebook(
          file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the cells with code, in order. */
  List<CodeCell> codeCells() {
    List<CodeCell> cells = new ArrayList<>();
    int number = 0;
    for (JsonNode cell : root.path("cells")) {
      number++;
      if (cell.path("cell_type").asText().equals("code")) {
        cells.add(new CodeCell(number, text(cell.path("source")), cell));
      }
    }
    return cells;
  }

  /** Returns a text that the format may cut into lines. */
  static String text(JsonNode node) {
    StringBuilder text = new StringBuilder();
    elements(node).forEach(line -> text.append(line.asText()));
    return node.isArray() ? text.toString() : node.asText();
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  @Override
  public String toString() {
    return name;
  }
}
