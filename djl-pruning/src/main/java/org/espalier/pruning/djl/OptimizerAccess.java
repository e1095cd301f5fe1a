package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.sparse.InvalidInputException;

/**
 * Reads and writes what an optimizer keeps in private (checked on DJL 0.35.1): {@code updateCounts}
 * and {@code numUpdate} of {@code Optimizer}, and the arrays of {@link OptimizerState}.
 */
final class OptimizerAccess {

  private static final String COUNT = "numUpdate";

  private final Optimizer optimizer;
  private final Map<String, String> ids;

  /**
   * @param optimizer any, or one that {@link Pruning#attach} has wrapped
   * @param ids under which it knows what it trains, by path; what the optimizer keeps for others is
   *     ignored
   */
  OptimizerAccess(Optimizer optimizer, Map<String, String> ids) {
    this.optimizer = optimizer instanceof MaskingOptimizer masking ? masking.inner() : optimizer;
    this.ids = ids;
  }

  OptimizerMemory memory(Device[] devices) {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Integer> kept = counts();
    ids.forEach(
        (path, id) -> {
          Integer count = kept.get(id);
          if (count != null) {
            counts.put(path, count);
          }
        });
    Map<OptimizerMemory.Key, float[]> arrays = new TreeMap<>();
    OptimizerState.stateMaps(optimizer)
        .forEach(
            (state, byId) ->
                ids.forEach(
                    (path, id) -> {
                      if (byId.get(id) instanceof Map<?, ?> byDevice) {
                        byDevice.forEach(
                            (device, array) ->
                                arrays.put(
                                    new OptimizerMemory.Key(
                                        state, path, Arrays.asList(devices).indexOf(device)),
                                    HostValues.read(state + " of " + path, (NDArray) array)));
                      }
                    }));
    int updates = (int) get(field(Optimizer.class, COUNT), optimizer);
    return new OptimizerMemory(
        optimizer.getClass().getName(), settings(updates), updates, counts, arrays);
  }

  void requireType(OptimizerMemory memory) {
    requireEqual("optimizer", memory.type(), optimizer.getClass().getName());
    Map<String, Map<?, ?>> maps = OptimizerState.stateMaps(optimizer);
    memory.arrays().keySet().forEach(key -> requireKnown(maps, key.state()));
  }

  private static void requireKnown(Map<String, Map<?, ?>> maps, String state) {
    if (!maps.containsKey(state)) {
      throw new InvalidInputException(
          "optimizer",
          "a state '" + state + "'",
          maps.keySet().toString(),
          "train with the DJL that the snapshot was taken with");
    }
  }

  void requireSettings(OptimizerMemory memory) {
    Map<String, String> now = settings(memory.updates());
    memory
        .settings()
        .forEach(
            (name, value) ->
                requireEqual("optimizer, " + name, value, now.getOrDefault(name, "none")));
  }

  private static void requireEqual(String place, String expected, String found) {
    if (!expected.equals(found)) {
      throw new InvalidInputException(
          place,
          expected + " as in the run that was interrupted",
          found,
          "set it back, or start a new run");
    }
  }

  /** Makes the optimizer remember just this. */
  @SuppressWarnings("unchecked")
  void restore(
      OptimizerMemory memory, Device[] devices, BiFunction<String, Integer, NDArray> weights) {
    Map<String, Integer> counts = counts();
    ids.values().forEach(counts::remove);
    memory.counts().forEach((path, count) -> counts.put(ids.get(path), count));
    set(field(Optimizer.class, COUNT), optimizer, memory.updates());
    OptimizerState.stateMaps(optimizer)
        .forEach(
            (state, map) -> {
              Map<String, Map<Device, NDArray>> byId = (Map<String, Map<Device, NDArray>>) map;
              ids.forEach((path, id) -> forget(memory, state, path, byId.get(id), devices));
            });
    memory
        .arrays()
        .forEach(
            (key, values) ->
                put(
                    (Map<String, Map<Device, NDArray>>)
                        OptimizerState.stateMaps(optimizer).get(key.state()),
                    key,
                    values,
                    devices[key.device()],
                    weights.apply(key.path(), key.device())));
  }

  /** Frees arrays that the memory does not have. */
  private static void forget(
      OptimizerMemory memory,
      String state,
      String path,
      Map<Device, NDArray> byDevice,
      Device[] devices) {
    if (byDevice == null) {
      return;
    }
    byDevice
        .entrySet()
        .removeIf(
            entry -> {
              int device = Arrays.asList(devices).indexOf(entry.getKey());
              boolean stale =
                  !memory.arrays().containsKey(new OptimizerMemory.Key(state, path, device));
              if (stale) {
                entry.getValue().close();
              }
              return stale;
            });
  }

  private void put(
      Map<String, Map<Device, NDArray>> byId,
      OptimizerMemory.Key key,
      float[] values,
      Device device,
      NDArray weight) {
    Map<Device, NDArray> byDevice =
        byId.computeIfAbsent(ids.get(key.path()), id -> new ConcurrentHashMap<>());
    NDArray known = byDevice.get(device);
    if (known != null) {
      HostValues.write(known, values, weight.getManager());
      return;
    }
    try (NDArray alias = weight.stopGradient()) {
      NDArray array = alias.zerosLike();
      HostValues.write(array, values, weight.getManager());
      // To the system manager, as DJL does it: OptimizerState.release frees it.
      array.detach();
      byDevice.put(device, array);
    }
  }

  /** The numbers that do not change, and the learning rates of the first and of the next update. */
  private Map<String, String> settings(int updates) {
    Map<String, String> settings = new TreeMap<>();
    for (Class<?> type = optimizer.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType().isPrimitive()
            && !Modifier.isStatic(field.getModifiers())
            && !field.getName().equals(COUNT)) {
          settings.put(field.getName(), String.valueOf(get(open(field), optimizer)));
        }
      }
    }
    LearningRate.tracker(optimizer)
        .ifPresent(
            tracker -> {
              String id = ids.values().iterator().next();
              settings.put("learningRate at 1", rate(tracker.getNewValue(id, 1)));
              settings.put(
                  "learningRate at " + (updates + 1), rate(tracker.getNewValue(id, updates + 1)));
            });
    return settings;
  }

  private static String rate(float rate) {
    return Float.toString(rate);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Integer> counts() {
    return (Map<String, Integer>) get(field(Optimizer.class, "updateCounts"), optimizer);
  }

  private static Field field(Class<?> type, String name) {
    try {
      return open(type.getDeclaredField(name));
    } catch (NoSuchFieldException e) {
      throw unreadable("no field " + name, e);
    }
  }

  private static Field open(Field field) {
    try {
      field.setAccessible(true);
      return field;
    } catch (InaccessibleObjectException | SecurityException e) {
      throw unreadable(field.toString(), e);
    }
  }

  private static Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw unreadable(field.toString(), e);
    }
  }

  private static void set(Field field, Object owner, Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw unreadable(field.toString(), e);
    }
  }

  static InvalidInputException unreadable(String found, Exception cause) {
    return new InvalidInputException(
        "optimizer",
        "one of DJL 0.35.1, whose counts and arrays can be read",
        found,
        "train with Sgd, Adam or AdamW",
        cause);
  }
}
