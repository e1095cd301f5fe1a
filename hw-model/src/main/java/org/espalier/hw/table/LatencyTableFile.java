package org.espalier.hw.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Latency tables as CSV, UTF-8, one header line and one line per measurement, with the columns
 * {@code op,m,k,n,pattern,density,dtype,batch,mean_us,p95_us,n_samples,device,software}. Quotes
 * enclose texts with commas.
 */
public final class LatencyTableFile {

  private static final List<String> COLUMNS =
      List.of(
          "op",
          "m",
          "k",
          "n",
          "pattern",
          "density",
          "dtype",
          "batch",
          "mean_us",
          "p95_us",
          "n_samples",
          "device",
          "software");

  private static final int MAX_BYTES = 16 << 20;
  private static final int DEVICE = COLUMNS.indexOf("device");
  private static final String CURE = "correct this value, or measure the table again";

  private LatencyTableFile() {}

  /**
   * Writes a table, whole or not at all.
   *
   * @throws org.espalier.sparse.OutputException if the file cannot be written
   */
  public static void write(Path file, LatencyTable table) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    for (LatencyRow row : table.rows()) {
      LatencyQuery query = row.query();
      List<Object> fields =
          List.of(
              query.operation().text(),
              query.sample().m(),
              query.sample().k(),
              query.sample().n(),
              query.pattern().text(),
              query.density(),
              query.type().text(),
              query.batch(),
              row.meanUs(),
              row.p95Us(),
              row.samples(),
              table.device(),
              table.software());
      text.append(
              String.join(
                  ",", fields.stream().map(field -> CsvLine.quoted(field.toString())).toList()))
          .append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /**
   * Reads a table.
   *
   * @throws InvalidInputException naming file, line, what was expected and found, and the cure
   */
  public static LatencyTable read(Path file) {
    String[] lines = text(file).split("\r?\n", -1);
    if (!lines[0].equals(String.join(",", COLUMNS))) {
      throw new InvalidInputException(
          file + ":1",
          "the columns " + String.join(",", COLUMNS),
          "'" + lines[0] + "'",
          "name a table that Espalier has written");
    }
    List<LatencyRow> rows = new ArrayList<>();
    List<String> origin = List.of();
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].isBlank() && i == lines.length - 1) {
        continue;
      }
      String place = file + ":" + (i + 1);
      List<String> fields = CsvLine.fields(place, lines[i], COLUMNS.size());
      List<String> device = fields.subList(DEVICE, COLUMNS.size());
      if (!origin.isEmpty() && !origin.equals(device)) {
        throw new InvalidInputException(
            place,
            "the device and software of the lines before, " + String.join(", ", origin),
            String.join(", ", device),
            "keep one file for each");
      }
      origin = List.copyOf(device);
      rows.add(row(place, fields));
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          file + ":2", "at least one measurement", "none", "measure a table");
    }
    return new LatencyTable(origin.get(0), origin.get(1), rows);
  }

  private static LatencyRow row(String place, List<String> fields) {
    return built(
        place,
        () -> {
          Gemm sample =
              new Gemm(
                  whole(place, fields, "m"), whole(place, fields, "k"), whole(place, fields, "n"));
          LatencyQuery query =
              new LatencyQuery(
                  LatencyQuery.Operation.parse(fields.get(0)),
                  sample,
                  SparsityPattern.parse(field(fields, "pattern")),
                  number(place, fields, "density"),
                  DataType.parse(field(fields, "dtype")),
                  whole(place, fields, "batch"));
          return new LatencyRow(
              query,
              number(place, fields, "mean_us"),
              number(place, fields, "p95_us"),
              whole(place, fields, "n_samples"));
        });
  }

  /** What a constructor refuses is reported at this place. */
  private static LatencyRow built(String place, Supplier<LatencyRow> reader) {
    try {
      return reader.get();
    } catch (InvalidInputException e) {
      if (e.place().startsWith(place)) {
        throw e;
      }
      throw new InvalidInputException(
          place + " (" + e.place() + ")", e.expected(), e.found(), e.remedy(), e);
    }
  }

  private static String field(List<String> fields, String column) {
    return fields.get(COLUMNS.indexOf(column));
  }

  private static int whole(String place, List<String> fields, String column) {
    String text = field(fields, column);
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) > 0) {
      return Integer.parseInt(text);
    }
    throw new InvalidInputException(
        place + ", " + column, "a whole number from 1 to 999999999", "'" + text + "'", CURE);
  }

  private static double number(String place, List<String> fields, String column) {
    String text = field(fields, column);
    if (text.matches("\\d{1,15}(\\.\\d{1,20})?([eE]-?\\d{1,2})?")) {
      double number = Double.parseDouble(text);
      if (number > 0) {
        return number;
      }
    }
    throw new InvalidInputException(
        place + ", " + column, "a number above 0", "'" + text + "'", CURE);
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidInputException(
            file.toString(), "at most " + MAX_BYTES + " bytes", "more", "name a latency table");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          file.toString(), "text in UTF-8", "other bytes", "name a latency table", e);
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(),
          "a readable file",
          e.getClass().getSimpleName(),
          "check the path and its permissions",
          e);
    }
  }
}
