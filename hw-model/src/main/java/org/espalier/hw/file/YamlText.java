package org.espalier.hw.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/** Reads YAML into {@link FileNode}s that know their lines. */
final class YamlText {

  /** A page of text, or a table of densities; anything much larger is another file. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int DEEPEST = 32;

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String source;
  private final YAMLParser parser;

  private YamlText(String source, YAMLParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /** Returns the root of a file. */
  static FileNode read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(),
          "a readable YAML file",
          e.getClass().getSimpleName(),
          "check the path and its permissions",
          e);
    }
  }

  /** Returns the root of what a stream holds. */
  static FileNode read(String source, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new InvalidInputException(
          source,
          "at most " + MAX_BYTES + " bytes",
          "more",
          "name the YAML file of a workload or a machine");
    }
    try {
      return parse(
          source, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          source, "text in UTF-8", "other bytes", "store the file in UTF-8", e);
    }
  }

  /** Returns the root of a text. */
  static FileNode parse(String source, String text) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      YamlText reader = new YamlText(source, parser);
      if (parser.nextToken() == null) {
        throw new InvalidInputException(
            source + ":1", "keys and values", "an empty file", "write them, or name another file");
      }
      FileNode root = reader.node("", 0);
      if (parser.nextToken() != null) {
        throw reader.error("a single document", "another one", "keep one of them");
      }
      return root;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new InvalidInputException(
          source + ":" + line, "YAML", e.getOriginalMessage(), "correct the text at this line", e);
    } catch (IOException e) {
      throw new IllegalStateException("a text is read without input", e);
    }
  }

  private FileNode node(String path, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw error("at most " + DEEPEST + " levels", "more", "correct the brackets");
    }
    if (parser.isCurrentAlias()) {
      throw error("values", "an alias", "write the value out");
    }
    int line = line();
    Object value =
        switch (parser.currentToken()) {
          case START_OBJECT -> map(path, depth);
          case START_ARRAY -> list(path, depth);
          case VALUE_NULL -> null;
          case VALUE_TRUE -> Boolean.TRUE;
          case VALUE_FALSE -> Boolean.FALSE;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new FileNode.Numeral(parser.getText());
          case VALUE_STRING -> parser.getText();
          default ->
              throw error("a value", parser.currentToken().toString(), "write a plain value");
        };
    return new FileNode(source, path, line, value);
  }

  private Map<String, FileNode> map(String path, int depth) throws IOException {
    Map<String, FileNode> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      map.put(key, node(path.isEmpty() ? key : path + "." + key, depth + 1));
    }
    return map;
  }

  private List<FileNode> list(String path, int depth) throws IOException {
    List<FileNode> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(node(path + "[" + list.size() + "]", depth + 1));
    }
    return list;
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private InvalidInputException error(String expected, String found, String remedy) {
    return new InvalidInputException(source + ":" + line(), expected, found, remedy);
  }
}
