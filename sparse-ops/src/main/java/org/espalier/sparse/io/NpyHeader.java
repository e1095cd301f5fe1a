package org.espalier.sparse.io;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.sparse.InvalidInputException;

/**
 * The header of a {@code .npy} array, versions 1.0 to 3.0 (numpy.lib.format in the NumPy manual): a
 * magic number, a length, and a Python dictionary with the type, the order and the shape.
 *
 * @param descr the type as NumPy writes it, for example {@code <f4}
 * @param type the type of the values
 * @param order the order of the bytes of a value
 * @param fortranOrder whether the first axis varies fastest
 * @param shape extents; their product is below 2^31
 * @param elements the product of the extents
 * @param length bytes before the first value
 */
record NpyHeader(
    String descr,
    ElementType type,
    ByteOrder order,
    boolean fortranOrder,
    int[] shape,
    int elements,
    int length) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_TEXT = 1 << 16;
  private static final int MAX_RANK = 32;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");
  private static final String REMEDY = "write the file again with numpy.savez";

  /**
   * Reads a header.
   *
   * @param place file and entry, for messages
   * @throws InvalidInputException if it is none
   */
  static NpyHeader read(DataInputStream in, String place) throws IOException {
    try {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        throw bad(place, "the magic number \\x93NUMPY", hex(magic));
      }
      int major = in.readUnsignedByte();
      int minor = in.readUnsignedByte();
      if (major < 1 || major > 3 || minor != 0) {
        throw bad(place, "npy version 1.0, 2.0 or 3.0", major + "." + minor);
      }
      long textLength =
          major == 1
              ? Short.toUnsignedLong(Short.reverseBytes(in.readShort()))
              : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
      if (textLength > MAX_TEXT) {
        throw bad(place, "a header of at most " + MAX_TEXT + " bytes", textLength + " bytes");
      }
      byte[] text = new byte[(int) textLength];
      in.readFully(text);
      int length = MAGIC.length + 2 + (major == 1 ? 2 : 4) + text.length;
      return parse(new String(text, StandardCharsets.UTF_8), place, length);
    } catch (EOFException e) {
      throw bad(place, "a whole npy header", "the end of the data");
    }
  }

  private static NpyHeader parse(String text, String place, int length) {
    String descr = field(DESCR, text, place, "'descr': '<f4'");
    String order = field(ORDER, text, place, "'fortran_order': False");
    String[] extents = field(SHAPE, text, place, "'shape': (2, 3)").replace("L", "").split(",");
    int rank = extents.length;
    while (rank > 0 && extents[rank - 1].isBlank()) {
      rank--;
    }
    if (rank > MAX_RANK) {
      throw bad(place, "at most " + MAX_RANK + " axes", rank + " axes");
    }
    int[] shape = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      try {
        shape[i] = Integer.parseInt(extents[i].strip());
      } catch (NumberFormatException e) {
        throw bad(place, "extents below 2^31", "'" + extents[i].strip() + "'");
      }
      elements *= shape[i];
      if (elements > TensorHeader.MOST_ELEMENTS) {
        throw bad(place, "fewer than 2^31 values", "shape (" + String.join(",", extents) + ")");
      }
    }
    boolean fortran = order.equals("True");
    return new NpyHeader(
        descr, type(descr, place), byteOrder(descr), fortran, shape, (int) elements, length);
  }

  private static ElementType type(String descr, String place) {
    return Optional.of(descr)
        .filter(text -> !text.isEmpty() && "<>|=".indexOf(text.charAt(0)) >= 0)
        .flatMap(text -> ElementType.ofNumpy(text.substring(1)))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    place,
                    "float16, float32, float64, bool or an integer type",
                    "type '" + descr + "'",
                    "convert the array with astype(numpy.float32)"));
  }

  private static ByteOrder byteOrder(String descr) {
    char mark = descr.charAt(0);
    if (mark == '=') {
      return ByteOrder.nativeOrder();
    }
    return mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static String field(Pattern pattern, String text, String place, String example) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw bad(place, "a header with " + example, "'" + text.strip() + "'");
    }
    return matcher.group(1);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static InvalidInputException bad(String place, String expected, String found) {
    return new InvalidInputException(place, expected, found, REMEDY);
  }
}
