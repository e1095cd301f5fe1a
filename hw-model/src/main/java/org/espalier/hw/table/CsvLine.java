package org.espalier.hw.table;

import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.InvalidInputException;

/** Fields of a line of CSV: RFC 4180, without line breaks inside quotes. */
final class CsvLine {

  private CsvLine() {}

  /** Returns a field as it is written: in quotes if it has a comma or a quote. */
  static String quoted(String field) {
    String line = field.replaceAll("[\r\n]+", " ");
    return line.indexOf(',') < 0 && line.indexOf('"') < 0
        ? line
        : '"' + line.replace("\"", "\"\"") + '"';
  }

  /**
   * Returns the fields of a line.
   *
   * @param place for the message
   * @param count of fields that there must be
   * @throws InvalidInputException if there are others, or a quote is not closed
   */
  static List<String> fields(String place, String line, int count) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = inQuotes && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        field.append(c);
        i++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == ',' && !inQuotes) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    if (inQuotes || fields.size() != count) {
      throw new InvalidInputException(
          place,
          count + " fields",
          inQuotes ? "a quote that is not closed" : fields.size() + " fields",
          "correct this line, or measure the table again");
    }
    return fields;
  }
}
