package org.espalier.pruning.djl.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Npz;
import org.espalier.sparse.io.Tensor;

/**
 * Snapshots as NumPy {@code .npz} files, which {@code numpy.load} reads: the {@link
 * SnapshotTensors}, and {@code header}, a uint8 tensor with the JSON of a {@link SnapshotHeader}. A
 * file is written whole or not at all; one that was damaged since is refused.
 */
final class SnapshotFile {

  private static final String HEADER = "header";

  private SnapshotFile() {}

  static void write(Path file, TrainingSnapshot snapshot) {
    SnapshotTensors tensors = SnapshotTensors.of(snapshot);
    byte[] json = SnapshotHeader.of(snapshot, tensors.sha256()).toJson();
    List<Tensor> all = new ArrayList<>();
    all.add(Tensor.ofBytes(HEADER, new int[] {json.length}, json));
    all.addAll(tensors.list());
    Npz.write(file, all);
  }

  static TrainingSnapshot read(Path file) {
    TreeMap<String, Tensor> tensors = new TreeMap<>();
    for (Tensor tensor : Npz.read(file)) {
      tensors.put(tensor.name(), tensor);
    }
    Tensor json = tensors.remove(HEADER);
    if (json == null || json.type() != Tensor.Type.UINT8) {
      throw refused(file.toString(), "a checkpoint of Espalier", "no header", null);
    }
    String place = file + ", " + HEADER;
    SnapshotHeader header;
    try {
      header = SnapshotHeader.ofJson(json.bytes());
    } catch (IOException e) {
      throw refused(place, "a header of format " + SnapshotHeader.FORMAT, e.getMessage(), e);
    }
    if (header == null || header.format() != SnapshotHeader.FORMAT) {
      throw refused(
          place,
          "format " + SnapshotHeader.FORMAT,
          header == null ? "none" : Integer.toString(header.format()),
          null);
    }
    SnapshotTensors content = new SnapshotTensors(tensors);
    String found = content.sha256();
    if (!found.equals(header.content())) {
      throw refused(place, "content with SHA-256 " + header.content(), found, null);
    }
    try {
      return header.with(content);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refused(place, "tensors that the header names", e.getMessage(), e);
    }
  }

  private static InvalidInputException refused(
      String place, String expected, String found, Exception cause) {
    return new InvalidInputException(
        place, expected, found, "name another checkpoint, or start a new run", cause);
  }
}
