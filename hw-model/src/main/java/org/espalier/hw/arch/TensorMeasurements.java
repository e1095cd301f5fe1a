package org.espalier.hw.arch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.espalier.hw.workload.DataType;
import org.espalier.sparse.InvalidInputException;

/**
 * Measurements of dense and sparse products in a CSV file with the columns of {@link #HEADER}. The
 * dense time may be left out where only the speed-up is known.
 */
public final class TensorMeasurements {

  /** The first line of a file. */
  public static final String HEADER = "gpu,dtype,m,k,n,dense_us,speedup";

  private static final String PUBLISHED = "nvidia-squares.csv";

  private TensorMeasurements() {}

  /**
   * Returns the published squares of 64 to 16384 on A100 and H100: 2:4 products of weights along
   * the inputs against dense ones, public figures as collected for this project.
   */
  public static List<TensorMeasurement> published() {
    try (InputStream in = TensorMeasurements.class.getResourceAsStream(PUBLISHED);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return read(PUBLISHED, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @param name of the file, for messages
   * @throws InvalidInputException naming the line
   * @throws IOException if it cannot be read
   */
  public static List<TensorMeasurement> read(String name, Reader reader) throws IOException {
    BufferedReader lines = new BufferedReader(reader);
    String header = lines.readLine();
    if (!HEADER.equals(header)) {
      throw new InvalidInputException(
          name + ", line 1", HEADER, String.valueOf(header), "begin with a line of these names");
    }
    List<TensorMeasurement> measurements = new ArrayList<>();
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        measurements.add(measurement(name + ", line " + number, line));
      }
    }
    return measurements;
  }

  private static TensorMeasurement measurement(String place, String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != HEADER.split(",").length) {
      throw new InvalidInputException(
          place, "seven cells: " + HEADER, "'" + line + "'", "correct the line");
    }
    DataType type = DataType.parse(cells[1].strip());
    try {
      return new TensorMeasurement(
          cells[0].strip(),
          type,
          Integer.parseInt(cells[2].strip()),
          Integer.parseInt(cells[3].strip()),
          Integer.parseInt(cells[4].strip()),
          cells[5].isBlank() ? Double.NaN : Double.parseDouble(cells[5]),
          Double.parseDouble(cells[6]));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          place,
          "whole sizes of at least 1, and times and speed-ups above 0",
          "'" + line + "'",
          "correct the line",
          e);
    }
  }
}
