package org.espalier.sparse.io;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of values that tensor files hold. All are read as float32 or uint8, see {@link Tensor}.
 */
public enum ElementType {
  /** IEEE 754 half precision. */
  FLOAT16("float16", 2, "f2", "F16"),
  /** The upper half of a float32; NumPy has no such type. */
  BFLOAT16("bfloat16", 2, "", "BF16"),
  /** IEEE 754 single precision. */
  FLOAT32("float32", 4, "f4", "F32"),
  /** IEEE 754 double precision. */
  FLOAT64("float64", 8, "f8", "F64"),
  /** Signed bytes. */
  INT8("int8", 1, "i1", "I8"),
  /** Signed, two bytes. */
  INT16("int16", 2, "i2", "I16"),
  /** Signed, four bytes. */
  INT32("int32", 4, "i4", "I32"),
  /** Signed, eight bytes. */
  INT64("int64", 8, "i8", "I64"),
  /** Unsigned bytes. */
  UINT8("uint8", 1, "u1", "U8"),
  /** Unsigned, two bytes. */
  UINT16("uint16", 2, "u2", "U16"),
  /** Unsigned, four bytes. */
  UINT32("uint32", 4, "u4", "U32"),
  /** Unsigned, eight bytes. */
  UINT64("uint64", 8, "u8", "U64"),
  /** One byte, 0 or 1. */
  BOOL("bool", 1, "b1", "BOOL");

  private final String text;
  private final int bytes;
  private final String numpy;
  private final String safetensors;

  ElementType(String text, int bytes, String numpy, String safetensors) {
    this.text = text;
    this.bytes = bytes;
    this.numpy = numpy;
    this.safetensors = safetensors;
  }

  /** Returns the name that NumPy gives the type, for example {@code float32}. */
  public String text() {
    return text;
  }

  /** Returns the bytes of one value in the file. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether values have fractions. */
  public boolean isFloat() {
    return this == FLOAT16 || this == BFLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** Returns whether a {@link Tensor} holds the values as bytes: uint8 and bool. */
  public boolean staysBytes() {
    return this == UINT8 || this == BOOL;
  }

  /** Returns the name in the header of a safetensors file. */
  String safetensors() {
    return safetensors;
  }

  /** Returns the type of a NumPy description without its byte order, for example {@code f4}. */
  static Optional<ElementType> ofNumpy(String code) {
    return Arrays.stream(values())
        .filter(type -> !code.isEmpty() && type.numpy.equals(code))
        .findFirst();
  }

  /** Returns the type with this name in the header of a safetensors file. */
  static Optional<ElementType> ofSafetensors(String code) {
    return Arrays.stream(values()).filter(type -> type.safetensors.equals(code)).findFirst();
  }
}
