package org.espalier.sparse.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;

/**
 * The JSON header of a safetensors file: the type, the shape and the place of every tensor
 * (github.com/huggingface/safetensors, README, "Format"). Names must differ, and the tensors must
 * cover the data without overlap and without holes.
 */
final class SafetensorsHeader {

  /** The key that holds remarks and no tensor. */
  static final String METADATA = "__metadata__";

  private static final int MAX_RANK = 32;

  private final String place;
  private final JsonCursor json;
  private final Map<TensorHeader, Long> begins = new LinkedHashMap<>();

  private SafetensorsHeader(String text, String file) {
    this.place = file;
    this.json = new JsonCursor(text, file + ", header");
  }

  /**
   * Reads a header.
   *
   * @param file for messages
   * @param dataBytes bytes behind the header
   * @return where each tensor begins behind the header, in the order of the header
   * @throws InvalidInputException if the header does not hold
   */
  static Map<TensorHeader, Long> parse(String text, String file, long dataBytes) {
    SafetensorsHeader header = new SafetensorsHeader(text, file);
    header.readAll();
    header.requireCovered(dataBytes);
    return header.begins;
  }

  private void readAll() {
    Set<String> names = new HashSet<>();
    json.expect('{');
    if (!json.accept('}')) {
      do {
        String name = json.string();
        if (name.isEmpty() || !names.add(name)) {
          throw bad(name, "names that differ and are not empty", "this one");
        }
        json.expect(':');
        if (name.equals(METADATA)) {
          skipMetadata();
        } else {
          readTensor(name);
        }
      } while (json.accept(','));
      json.expect('}');
    }
    json.expectEnd();
  }

  private void skipMetadata() {
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.string();
      json.expect(':');
      json.string();
    } while (json.accept(','));
    json.expect('}');
  }

  private void readTensor(String name) {
    ElementType type = null;
    int[] shape = null;
    List<Long> offsets = null;
    json.expect('{');
    do {
      String key = json.string();
      json.expect(':');
      if (key.equals("dtype") && type == null) {
        type = type(name, json.string());
      } else if (key.equals("shape") && shape == null) {
        shape = shape(name, numbers());
      } else if (key.equals("data_offsets") && offsets == null) {
        offsets = numbers();
      } else {
        throw bad(name, "dtype, shape and data_offsets, each once", "'" + key + "'");
      }
    } while (json.accept(','));
    json.expect('}');
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw bad(name, "dtype, shape and two data_offsets", "less or more");
    }
    TensorHeader header = new TensorHeader(name, type, shape);
    long bytes = offsets.get(1) - offsets.get(0);
    if (bytes != header.bytes()) {
      throw bad(name, header.bytes() + " bytes for " + header, "data_offsets " + offsets);
    }
    begins.put(header, offsets.get(0));
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    json.expect('[');
    if (json.accept(']')) {
      return numbers;
    }
    do {
      numbers.add(json.wholeNumber());
      if (numbers.size() > MAX_RANK) {
        throw json.error("at most " + MAX_RANK + " numbers");
      }
    } while (json.accept(','));
    json.expect(']');
    return numbers;
  }

  private ElementType type(String name, String code) {
    return ElementType.ofSafetensors(code)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    place + ", tensor '" + name + "'",
                    "F16, BF16, F32, F64, BOOL or an integer type",
                    "type '" + code + "'",
                    "convert the tensor to one of them"));
  }

  private int[] shape(String name, List<Long> extents) {
    int[] shape = new int[extents.size()];
    long elements = 1;
    for (int i = 0; i < shape.length; i++) {
      long extent = extents.get(i);
      // Both factors are checked to be below 2^31: the product cannot overflow.
      elements *= Math.min(extent, 1L << 31);
      if (extent > Integer.MAX_VALUE || elements > TensorHeader.MOST_ELEMENTS) {
        throw bad(name, "fewer than 2^31 values", "shape " + extents);
      }
      shape[i] = (int) extent;
    }
    return shape;
  }

  private void requireCovered(long dataBytes) {
    List<Map.Entry<TensorHeader, Long>> ordered = new ArrayList<>(begins.entrySet());
    // Empty tensors come first at their place, so that they fit between two others.
    ordered.sort(
        Map.Entry.<TensorHeader, Long>comparingByValue()
            .thenComparing(Map.Entry.comparingByKey(Comparator.comparing(TensorHeader::bytes))));
    long end = 0;
    for (Map.Entry<TensorHeader, Long> entry : ordered) {
      if (entry.getValue() != end) {
        String found = entry.getValue() < end ? "an overlap, it begins at " : "a hole up to ";
        throw bad(entry.getKey().name(), "a begin at byte " + end, found + entry.getValue());
      }
      end += entry.getKey().bytes();
    }
    if (end != dataBytes) {
      throw new InvalidInputException(
          place,
          end + " bytes of values, as the header says",
          dataBytes + " bytes",
          SafetensorsReader.REMEDY);
    }
  }

  private InvalidInputException bad(String name, String expected, String found) {
    return new InvalidInputException(
        place + ", tensor '" + name + "'", expected, found, SafetensorsReader.REMEDY);
  }
}
