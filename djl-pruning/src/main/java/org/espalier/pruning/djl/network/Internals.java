package org.espalier.pruning.djl.network;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.util.PairList;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.EspalierException;

/**
 * The one place that reaches into blocks: DJL (checked on 0.35.1) has no way to exchange a child or
 * to set a dropout rate. What cannot be reached is refused with an {@link EspalierException} that
 * names the field.
 */
public final class Internals {

  private Internals() {}

  /** Returns the children of a block, not a copy: what is set here is what forward calls. */
  @SuppressWarnings("unchecked")
  public static List<Block> children(AbstractBlock parent) {
    PairList<String, Block> children =
        (PairList<String, Block>) get(field(AbstractBlock.class, "children"), parent);
    return children.values();
  }

  /** Returns the fields in which a block may hold others, from its own class up to DJL's base. */
  public static List<Field> fields(Block block) {
    List<Field> fields = new ArrayList<>();
    Class<?> type = block.getClass();
    while (type != null && type != AbstractBlock.class && type != Object.class) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          fields.add(field);
        }
      }
      type = type.getSuperclass();
    }
    return fields;
  }

  /** Returns the field with the rate of a {@link Dropout}. */
  public static Field dropoutRate() {
    return field(Dropout.class, "rate");
  }

  /** Returns the field with the dropout rate of a {@link RecurrentBlock}. */
  public static Field recurrentDropRate() {
    return field(RecurrentBlock.class, "dropRate");
  }

  /** Returns the value of a field that DJL has no getter for. */
  public static Object value(Class<?> type, String name, Object owner) {
    return get(field(type, name), owner);
  }

  /** Returns the value of a field. */
  public static Object get(Field field, Object owner) {
    try {
      return open(field).get(owner);
    } catch (IllegalAccessException e) {
      throw unsupported(field, e);
    }
  }

  /** Sets the value of a field. */
  public static void set(Field field, Object owner, Object value) {
    try {
      open(field).set(owner, value);
    } catch (IllegalAccessException e) {
      throw unsupported(field, e);
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      throw new EspalierException(
          type.getName(), "a field '" + name + "' as in DJL 0.35.1", "none", "use DJL 0.35.1", e);
    }
  }

  private static Field open(Field field) {
    try {
      field.setAccessible(true);
      return field;
    } catch (InaccessibleObjectException | SecurityException e) {
      throw unsupported(field, e);
    }
  }

  private static EspalierException unsupported(Field field, Exception cause) {
    String owner = field.getDeclaringClass().getName();
    return new EspalierException(
        owner + "." + field.getName(),
        "a block whose fields can be reached, to measure without a trace",
        cause.toString(),
        "open its package (--add-opens), or choose a criterion that needs no measurement",
        cause);
  }
}
