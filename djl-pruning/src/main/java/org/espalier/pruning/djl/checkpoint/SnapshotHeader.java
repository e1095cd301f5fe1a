package org.espalier.pruning.djl.checkpoint;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.Validation;
import org.espalier.pruning.djl.OptimizerMemory;
import org.espalier.pruning.djl.SessionMemory;

/**
 * Everything in a snapshot file that is no tensor, as JSON.
 *
 * @param format version of the layout
 * @param content SHA-256 of the tensors, see {@link SnapshotTensors#sha256}
 * @param identity of the run
 * @param recipeSha256 of its recipe, for whoever looks into the file
 * @param position of the training
 * @param optimizer without its arrays
 * @param session without its numbers; null for a training without pruning
 * @param notes of the caller
 */
record SnapshotHeader(
    int format,
    String content,
    RunIdentity identity,
    String recipeSha256,
    TrainingPosition position,
    Numbers optimizer,
    Session session,
    Map<String, String> notes) {

  static final int FORMAT = 1;

  /** Refuses what is missing. */
  SnapshotHeader {
    Objects.requireNonNull(content);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(position);
    Objects.requireNonNull(optimizer);
    notes = new TreeMap<>(Map.copyOf(notes));
  }

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** An {@link OptimizerMemory} without its arrays. */
  record Numbers(
      String type, Map<String, String> settings, int updates, Map<String, Integer> counts) {

    /** Refuses what is missing. */
    Numbers {
      Objects.requireNonNull(type);
      settings = new TreeMap<>(Map.copyOf(settings));
      counts = new TreeMap<>(Map.copyOf(counts));
    }
  }

  /**
   * A {@link SessionMemory} without its numbers.
   *
   * @param notes of lifecycles
   * @param carried for each part and each of its names, the tensor with its numbers
   */
  record Session(
      TrainingTime time,
      Validation validation,
      Map<String, Double> notes,
      boolean epochOpen,
      boolean steppedInEpoch,
      Map<String, Map<String, String>> carried) {

    /** Refuses what is missing. */
    Session {
      Objects.requireNonNull(time);
      Objects.requireNonNull(validation);
      notes = new TreeMap<>(Map.copyOf(notes));
      carried.values().forEach(Map::copyOf);
    }
  }

  static SnapshotHeader of(TrainingSnapshot snapshot, String content) {
    OptimizerMemory optimizer = snapshot.optimizer();
    return new SnapshotHeader(
        FORMAT,
        content,
        snapshot.identity(),
        snapshot.identity().recipeSha256(),
        snapshot.position(),
        new Numbers(
            optimizer.type(), optimizer.settings(), optimizer.updates(), optimizer.counts()),
        snapshot.session().map(SnapshotHeader::session).orElse(null),
        snapshot.notes());
  }

  private static Session session(SessionMemory memory) {
    return new Session(
        memory.state().time(),
        memory.state().validation(),
        memory.state().notes(),
        memory.epochOpen(),
        memory.steppedInEpoch(),
        SnapshotTensors.carriedNames(memory.carried()));
  }

  /** Puts the tensors back to what stands here. */
  TrainingSnapshot with(SnapshotTensors tensors) {
    return new TrainingSnapshot(
        identity,
        position,
        tensors.parameters(),
        new OptimizerMemory(
            optimizer.type(),
            optimizer.settings(),
            optimizer.updates(),
            optimizer.counts(),
            tensors.optimizerArrays()),
        Optional.ofNullable(session).map(s -> memory(s, tensors)),
        notes);
  }

  private static SessionMemory memory(Session session, SnapshotTensors tensors) {
    return new SessionMemory(
        new PruningState(
            session.time(),
            tensors.masks(),
            session.validation(),
            tensors.visited(),
            session.notes()),
        session.epochOpen(),
        session.steppedInEpoch(),
        tensors.tracks(),
        tensors.initialValues(),
        tensors.carried(session.carried()));
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException("a header is made of text and numbers", e);
    }
  }

  /**
   * Reads a header.
   *
   * @throws IOException if it does not hold
   */
  static SnapshotHeader ofJson(byte[] json) throws IOException {
    return JSON.readValue(json, SnapshotHeader.class);
  }
}
