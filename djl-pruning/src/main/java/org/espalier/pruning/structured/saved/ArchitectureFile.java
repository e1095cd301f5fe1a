package org.espalier.pruning.structured.saved;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.pruning.structured.Input;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * Architectures as JSON. Shapes are arrays of numbers, ops are objects with a field "op". An input
 * is its shape if it holds numbers (FLOAT32), else an object with the fields "shape" and "type".
 */
public final class ArchitectureFile {

  /** Far more than any network needs; a larger file is none of ours. */
  private static final long LIMIT = 64L << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Shape.class, new ShapeWriter())
                  .addDeserializer(Shape.class, new ShapeReader())
                  .addSerializer(Input.class, new InputWriter())
                  .addDeserializer(Input.class, new InputReader()))
          .build();

  private ArchitectureFile() {}

  /** Writes a file, or leaves the old one as it was. */
  public static void write(Path file, Architecture architecture) {
    AtomicFile.write(
        file,
        out -> {
          out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(architecture));
          out.write('\n');
        });
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is not an architecture whose blocks can be built
   */
  public static Architecture read(Path file) {
    try {
      if (Files.size(file) > LIMIT) {
        throw malformed(file, Files.size(file) + " bytes", null);
      }
      Architecture architecture = MAPPER.readValue(file.toFile(), Architecture.class);
      if (architecture.inputs().isEmpty() || architecture.network() == null) {
        throw malformed(file, "no input, or no network", null);
      }
      architecture.network().block();
      return architecture;
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw malformed(file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  private static InvalidInputException malformed(Path file, String found, Exception cause) {
    return new InvalidInputException(
        file.toString(), "the architecture of a network", found, "save the network again", cause);
  }

  private static final class ShapeWriter extends StdSerializer<Shape> {

    private static final long serialVersionUID = 1L;

    ShapeWriter() {
      super(Shape.class);
    }

    @Override
    public void serialize(Shape shape, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeArray(shape.getShape(), 0, shape.dimension());
    }
  }

  private static final class ShapeReader extends StdDeserializer<Shape> {

    private static final long serialVersionUID = 1L;

    ShapeReader() {
      super(Shape.class);
    }

    @Override
    public Shape deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return new Shape(context.readValue(json, long[].class));
    }
  }

  private static final class InputWriter extends StdSerializer<Input> {

    private static final long serialVersionUID = 1L;

    InputWriter() {
      super(Input.class);
    }

    @Override
    public void serialize(Input input, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (input.type() == DataType.FLOAT32) {
        json.writePOJO(input.shape());
      } else {
        json.writePOJO(new Typed(input.shape(), input.type()));
      }
    }
  }

  private static final class InputReader extends StdDeserializer<Input> {

    private static final long serialVersionUID = 1L;

    InputReader() {
      super(Input.class);
    }

    @Override
    public Input deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.currentToken() == JsonToken.START_ARRAY) {
        return Input.of(context.readValue(json, Shape.class));
      }
      Typed input = context.readValue(json, Typed.class);
      return new Input(input.shape(), input.type());
    }
  }

  /** An input with its type. */
  private record Typed(Shape shape, DataType type) {}
}
