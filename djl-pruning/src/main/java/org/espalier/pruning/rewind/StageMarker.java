package org.espalier.pruning.rewind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * What says that a stage is done, and of what: the last file that a stage writes.
 *
 * @param stage its name
 * @param sha256 of the description
 * @param description everything that decides the result, by key
 * @param figures the result, by name
 */
record StageMarker(
    String stage,
    String sha256,
    SortedMap<String, String> description,
    SortedMap<String, Double> figures) {

  /** Far more than any marker: a recipe of a hundred groups has some 50 kB. */
  private static final long LARGEST_BYTES = 16 << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static StageMarker of(
      String stage, SortedMap<String, String> description, SortedMap<String, Double> figures) {
    return new StageMarker(stage, hash(description), description, figures);
  }

  private static String hash(SortedMap<String, String> description) {
    try {
      return Recipe.sha256(MAPPER.writeValueAsString(description));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can always be written", e);
    }
  }

  void write(Path file) {
    byte[] text;
    try {
      text = (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
    AtomicFile.write(file, out -> out.write(text));
  }

  /**
   * Reads a marker.
   *
   * @throws InvalidInputException if the file is none
   */
  static StageMarker read(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw damaged(file, "a file of " + Files.size(file) + " bytes", null);
      }
      StageMarker marker = MAPPER.readValue(Files.readAllBytes(file), StageMarker.class);
      if (marker == null
          || marker.stage == null
          || marker.description == null
          || marker.figures == null
          || marker.figures.containsValue(null)) {
        throw damaged(file, "an object that lacks some of it", null);
      }
      if (!hash(new TreeMap<>(marker.description)).equals(marker.sha256)) {
        throw damaged(file, "a description that its hash does not fit", null);
      }
      return marker;
    } catch (IOException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static InvalidInputException damaged(Path file, String found, Exception cause) {
    return new InvalidInputException(
        file.toString(),
        "JSON with stage, sha256, description and figures",
        found,
        "delete the folder of this stage, so that it is done again",
        cause);
  }

  /**
   * Refuses another description than this one, and names what differs.
   *
   * @param file where this marker stands, for the message
   */
  void requireSame(Path file, SortedMap<String, String> wanted) {
    List<String> here = new ArrayList<>();
    List<String> there = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(description.keySet());
    keys.addAll(wanted.keySet());
    for (String key : keys) {
      String stored = description.getOrDefault(key, "nothing");
      String asked = wanted.getOrDefault(key, "nothing");
      if (!stored.equals(asked)) {
        int from = firstDifference(stored, asked);
        here.add(key + " = " + lineAt(stored, from));
        there.add(key + " = " + lineAt(asked, from));
      }
    }
    if (!here.isEmpty()) {
      throw new InvalidInputException(
          file + ": stage '" + stage + "'",
          String.join(", ", here) + ", with which it was done",
          String.join(", ", there),
          "go back to these settings, or choose another folder");
    }
  }

  private static int firstDifference(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  /** Returns the line that holds an index: of a recipe only what differs is shown. */
  private static String lineAt(String text, int index) {
    int from = text.lastIndexOf('\n', Math.max(0, index - 1)) + 1;
    int to = text.indexOf('\n', index);
    String line = text.substring(from, to < 0 ? text.length() : to).strip();
    return line.isEmpty() ? "nothing" : line;
  }
}
