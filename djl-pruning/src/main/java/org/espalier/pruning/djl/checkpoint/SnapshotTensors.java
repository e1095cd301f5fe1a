package org.espalier.pruning.djl.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.espalier.pruning.djl.OptimizerMemory;
import org.espalier.pruning.djl.SessionMemory;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.mask.Mask;

/**
 * The tensors of a snapshot under the names that they have in its file: {@code parameter/PATH},
 * {@code optimizer/STATE/DEVICE/PATH}, {@code mask/PATH} and {@code visited/PATH} (uint8, 1 =
 * kept), {@code track/PATH} (uint8, the bytes of little-endian doubles), {@code initial/PATH} and
 * {@code carried/NUMBER}.
 *
 * @param all by name, sorted
 */
record SnapshotTensors(TreeMap<String, Tensor> all) {

  private static final String PARAMETER = "parameter/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String MASK = "mask/";
  private static final String VISITED = "visited/";
  private static final String TRACK = "track/";
  private static final String INITIAL = "initial/";
  private static final String CARRIED = "carried/";

  static SnapshotTensors of(TrainingSnapshot snapshot) {
    SnapshotTensors tensors = new SnapshotTensors(new TreeMap<>());
    snapshot
        .parameters()
        .forEach((path, t) -> tensors.put(PARAMETER + path, t.shape(), t.floats()));
    snapshot
        .optimizer()
        .arrays()
        .forEach(
            (key, values) ->
                tensors.put(
                    OPTIMIZER + key.state() + "/" + key.device() + "/" + key.path(), values));
    snapshot.session().ifPresent(tensors::put);
    return tensors;
  }

  private void put(SessionMemory memory) {
    memory.state().masks().forEach((path, mask) -> put(MASK + path, mask));
    memory.state().visited().forEach((path, mask) -> put(VISITED + path, mask));
    memory.tracks().forEach(this::put);
    memory.initialValues().forEach((path, values) -> put(INITIAL + path, values));
    carriedNames(memory.carried())
        .forEach(
            (part, names) ->
                names.forEach((name, tensor) -> put(tensor, memory.carried().get(part).get(name))));
  }

  private void put(String name, Mask mask) {
    all.put(name, Tensor.ofBytes(name, mask.shape(), mask.toBytes()));
  }

  private void put(String path, double[] track) {
    ByteBuffer bytes = ByteBuffer.allocate(track.length * Double.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(track);
    int[] shape = {bytes.capacity()};
    all.put(TRACK + path, Tensor.ofBytes(TRACK + path, shape, bytes.array()));
  }

  private void put(String name, float[] values) {
    put(name, new int[] {values.length}, values);
  }

  private void put(String name, int[] shape, float[] values) {
    all.put(name, Tensor.ofFloats(name, shape, values));
  }

  /** Numbers the tensors of other parts: their names may be anything. */
  static Map<String, Map<String, String>> carriedNames(Map<String, Map<String, float[]>> carried) {
    Map<String, Map<String, String>> names = new TreeMap<>();
    int number = 0;
    for (Map.Entry<String, Map<String, float[]>> part : carried.entrySet()) {
      Map<String, String> ofPart = new TreeMap<>();
      for (String name : part.getValue().keySet()) {
        ofPart.put(name, CARRIED + number++);
      }
      names.put(part.getKey(), ofPart);
    }
    return names;
  }

  Map<String, Tensor> parameters() {
    Map<String, Tensor> parameters = new TreeMap<>();
    each(
        PARAMETER, (path, t) -> parameters.put(path, Tensor.ofFloats(path, t.shape(), t.floats())));
    return parameters;
  }

  Map<OptimizerMemory.Key, float[]> optimizerArrays() {
    Map<OptimizerMemory.Key, float[]> arrays = new TreeMap<>();
    each(
        OPTIMIZER,
        (name, tensor) -> {
          String[] parts = name.split("/", 3);
          if (parts.length < 3) {
            throw new IllegalArgumentException("a tensor " + OPTIMIZER + name);
          }
          arrays.put(
              new OptimizerMemory.Key(parts[0], parts[2], Integer.parseInt(parts[1])),
              tensor.floats());
        });
    return arrays;
  }

  Map<String, Mask> masks() {
    return masks(MASK);
  }

  /** Returns which weights have lived at any time. */
  Map<String, Mask> visited() {
    return masks(VISITED);
  }

  private Map<String, Mask> masks(String prefix) {
    Map<String, Mask> masks = new TreeMap<>();
    each(prefix, (path, tensor) -> masks.put(path, Mask.ofBytes(tensor.bytes(), tensor.shape())));
    return masks;
  }

  Map<String, double[]> tracks() {
    Map<String, double[]> tracks = new TreeMap<>();
    each(
        TRACK,
        (path, tensor) -> {
          double[] track = new double[tensor.elements() / Double.BYTES];
          ByteBuffer bytes = ByteBuffer.wrap(tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asDoubleBuffer().get(track);
          tracks.put(path, track);
        });
    return tracks;
  }

  Map<String, float[]> initialValues() {
    Map<String, float[]> values = new TreeMap<>();
    each(INITIAL, (path, tensor) -> values.put(path, tensor.floats()));
    return values;
  }

  Map<String, Map<String, float[]>> carried(Map<String, Map<String, String>> names) {
    Map<String, Map<String, float[]>> carried = new TreeMap<>();
    names.forEach(
        (part, ofPart) -> {
          Map<String, float[]> numbers = new TreeMap<>();
          ofPart.forEach((name, tensor) -> numbers.put(name, named(tensor).floats()));
          carried.put(part, numbers);
        });
    return carried;
  }

  private Tensor named(String name) {
    Tensor tensor = all.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return tensor;
  }

  private void each(String prefix, BiConsumer<String, Tensor> action) {
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            action.accept(name.substring(prefix.length()), tensor);
          }
        });
  }

  List<Tensor> list() {
    return new ArrayList<>(all.values());
  }

  /** Returns the SHA-256 over names, shapes and values, as hexadecimal digits. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Tensor tensor : all.values()) {
        String title = tensor.name() + Arrays.toString(tensor.shape()) + tensor.type() + "\n";
        digest.update(title.getBytes(StandardCharsets.UTF_8));
        if (tensor.type() == Tensor.Type.UINT8) {
          digest.update(tensor.bytes());
        } else {
          ByteBuffer bytes = ByteBuffer.allocate(tensor.elements() * Float.BYTES);
          bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.floats());
          digest.update(bytes);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
