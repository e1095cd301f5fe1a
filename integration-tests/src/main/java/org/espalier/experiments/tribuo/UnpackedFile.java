package org.espalier.experiments.tribuo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;

/** A text file as Tribuo's CSV loaders can read it: not compressed, with rows and nothing else. */
final class UnpackedFile {

  private UnpackedFile() {}

  /**
   * Writes the rows of a file into another: all lines but empty ones and those that begin with
   * {@code |}, as UCI's remarks do.
   *
   * @param from compressed if its name ends in {@code .gz}
   * @param to is written anew
   * @return to
   * @throws InvalidInputException if there is no such file
   */
  static Path write(Path from, Path to) throws IOException {
    if (!Files.isReadable(from)) {
      throw new InvalidInputException(
          from.toString(), "a data file", "none", "name the folder of the data by --data-dir");
    }
    List<String> rows;
    try (InputStream file = Files.newInputStream(from);
        InputStream bytes = from.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      rows = lines.lines().filter(line -> !line.isBlank() && !line.startsWith("|")).toList();
    }
    Files.createDirectories(to.toAbsolutePath().getParent());
    String text = String.join("\n", rows) + "\n";
    AtomicFile.write(to, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return to;
  }
}
