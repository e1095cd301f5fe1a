package org.espalier.examples.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.espalier.sparse.io.AtomicFile;

/** Results for machines: keys in snake_case, {@code null} where there is no figure. */
public final class JsonOutput {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonOutput() {}

  /**
   * Writes a result together with another file: both or none.
   *
   * @param target of the result; where there is none only the other file is written
   * @param result a record
   * @param other writes the other file
   * @throws org.espalier.sparse.OutputException if the target cannot be written
   */
  public static void write(Optional<Path> target, Object result, Runnable other) {
    if (target.isEmpty()) {
      other.run();
      return;
    }
    byte[] text = text(result).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        target.get(),
        out -> {
          out.write(text);
          // Last, before the result is moved into place: if this fails the old result stays.
          other.run();
        });
  }

  /**
   * Does work that writes another file and has a result: that file is written only if this one can
   * be, too.
   *
   * @param target of the result; where there is none only the work is done
   * @param work writes the other file
   * @return the result
   */
  public static <T> T write(Optional<Path> target, Supplier<T> work) {
    if (target.isEmpty()) {
      return work.get();
    }
    AtomicReference<T> result = new AtomicReference<>();
    AtomicFile.write(
        target.get(),
        out -> {
          result.set(work.get());
          out.write(text(result.get()).getBytes(StandardCharsets.UTF_8));
        });
    return result.get();
  }

  /** Returns a record as JSON, indented, with a line feed at the end. */
  public static String text(Object result) {
    try {
      return MAPPER.writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts and numbers can always be written", e);
    }
  }
}
