package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;

/**
 * A DJL block factory by name.
 *
 * @param factory name of a class that implements {@link BlockFactory}, with a constructor without
 *     parameters
 * @param arguments what it is called with
 */
public record BlockSource(String factory, Map<String, String> arguments) implements Serializable {

  /** Key of the argument with the number of outputs that the block must have, an Integer. */
  public static final String OUTPUTS = "outputs";

  /** Copies the arguments. */
  public BlockSource {
    arguments = new TreeMap<>(arguments);
  }

  /**
   * Returns a new block without weights.
   *
   * @param outputs values of its output
   * @throws InvalidInputException if there is no such factory, or it fails
   */
  public Block newBlock(Model model, int outputs) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put(OUTPUTS, outputs);
    try {
      return newFactory().newBlock(model, Path.of(""), all);
    } catch (IOException e) {
      throw new InvalidInputException(
          factory, "a factory that builds a block", e.toString(), "correct its arguments", e);
    }
  }

  /**
   * Returns the factory. The class is not initialized before it is known to be one.
   *
   * @throws InvalidInputException if there is none of this name
   */
  BlockFactory newFactory() {
    try {
      Class<?> type = Class.forName(factory, false, BlockSource.class.getClassLoader());
      if (!BlockFactory.class.isAssignableFrom(type)) {
        throw noFactory("a class that does not implement it", null);
      }
      return (BlockFactory) type.getDeclaredConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw noFactory("no such class", e);
    } catch (ReflectiveOperationException e) {
      throw noFactory("a class without a public constructor that works: " + e, e);
    }
  }

  private InvalidInputException noFactory(String found, Exception cause) {
    return new InvalidInputException(
        "class '" + factory + "'",
        "a class on the class path that implements " + BlockFactory.class.getName(),
        found,
        "correct its name",
        cause);
  }
}
