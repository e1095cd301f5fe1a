package org.espalier.pruning.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.Validation;
import org.espalier.pruning.djl.OptimizerMemory;
import org.espalier.pruning.djl.SessionMemory;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Npz;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotFileTest {

  @TempDir private Path folder;
  private Path file;

  /** Every part, with numbers that a careless writer would change. */
  static TrainingSnapshot snapshot() {
    float[] weights = {-0f, Float.NaN, Float.MIN_VALUE, -1.5f, Float.POSITIVE_INFINITY, 0.1f};
    PruningState state =
        new PruningState(
            new TrainingTime(17, 2, false),
            Map.of("1/weight", Mask.ofBytes(new byte[] {1, 0, 1, 1, 0, 1}, 2, 3)),
            new Validation(0.1 + 0.2, Double.NaN));
    return new TrainingSnapshot(
        new RunIdentity("seed: 42\n", -3, Map.of("data", "mnist, 60000 images")),
        new TrainingPosition(2, 7, 17),
        Map.of("1/weight", Tensor.ofFloats("1/weight", new int[] {2, 3}, weights)),
        new OptimizerMemory(
            "Adam",
            Map.of("beta1", "0.9"),
            17,
            Map.of("1/weight", 17),
            Map.of(
                new OptimizerMemory.Key("means", "1/weight", 0), new float[] {1, 2, 3, 4, 5, 6})),
        Optional.of(
            new SessionMemory(
                state,
                true,
                false,
                Map.of("1/weight", new double[] {Math.PI, -0.0, 0, 1, 2, 3}),
                Map.of("1/weight", new float[] {6, 5, 4, 3, 2, 1}),
                Map.of("gates", Map.of("a/b\u00e9", new float[] {0.25f}), "none", Map.of()))),
        Map.of("history", "{\"epoch\": 1}\n"));
  }

  @BeforeEach
  void write() {
    file = folder.resolve("snapshot.npz");
    snapshot().write(file);
  }

  @Test
  void everyPartComesBackBitForBit() throws IOException {
    TrainingSnapshot back = TrainingSnapshot.read(file);
    assertEquals(snapshot().identity(), back.identity());
    assertEquals(snapshot().position(), back.position());
    assertEquals(snapshot().parameters(), back.parameters());
    assertEquals(snapshot().notes(), back.notes());
    assertEquals(snapshot().session().get().state(), back.session().get().state());
    SessionMemory session = back.session().get();
    assertTrue(session.epochOpen() && !session.steppedInEpoch());
    assertTrue(
        Arrays.equals(new double[] {Math.PI, -0.0, 0, 1, 2, 3}, session.tracks().get("1/weight")));
    assertEquals(0.25f, session.carried().get("gates").get("a/b\u00e9")[0]);
    assertEquals(Map.of(), session.carried().get("none"));
    assertEquals(17, back.optimizer().counts().get("1/weight"));
    Path again = folder.resolve("again.npz");
    back.write(again);
    assertEquals(-1, Files.mismatch(file, again));
  }

  @Test
  void aTrainingWithoutPruningHasNoSession() {
    TrainingSnapshot full = snapshot();
    TrainingSnapshot plain =
        new TrainingSnapshot(
            full.identity(),
            full.position(),
            full.parameters(),
            full.optimizer(),
            Optional.empty(),
            full.notes());
    plain.write(file);
    assertEquals(Optional.empty(), TrainingSnapshot.read(file).session());
  }

  /** A file that was cut anywhere is refused. */
  @Test
  void truncatedFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(InvalidInputException.class, () -> TrainingSnapshot.read(file));
    }
  }

  /** One flipped bit is refused, or it was in a byte that means nothing and all comes back. */
  @Test
  void damagedFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        TrainingSnapshot back = TrainingSnapshot.read(file);
        back.write(file);
        assertTrue(Arrays.equals(whole, Files.readAllBytes(file)), "a change went unnoticed");
      } catch (InvalidInputException e) {
        assertTrue(e.place().contains(file.toString()), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 400, refused + " of 600 were refused");
  }

  /** Headers that are whole but wrong, as another program might write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\":1 | \"format\":2 | format 1",
        "\"position\":{ | \"posture\":{ | a header of format 1",
        "\"epoch\":2,\"batch\":7 | \"epoch\":-2,\"batch\":7 | a header of format 1",
        "\"time\":{ | \"time\":null,\"x\":{ | a header of format 1",
        "\"carried/0\" | \"carried/9\" | tensors that the header names",
        "\"counts\":{\"1/weight\":17} | \"counts\":null | a header of format 1",
        "\"notes\":{ | \"notes\":null,\"x\":{ | a header of format 1",
        "{\"format\" | [\"format\" | a header of format 1",
        "}} | }}} | a header of format 1"
      })
  void wrongHeadersAreRefused(String from, String to, String expected) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : Npz.read(file)) {
      if (tensor.name().equals("header")) {
        String json = new String(tensor.bytes(), StandardCharsets.UTF_8);
        assertTrue(json.contains(from), json);
        byte[] changed = json.replace(from, to).getBytes(StandardCharsets.UTF_8);
        tensors.add(Tensor.ofBytes("header", new int[] {changed.length}, changed));
      } else {
        tensors.add(tensor);
      }
    }
    Npz.write(file, tensors);
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> TrainingSnapshot.read(file));
    assertEquals(expected, error.expected());
    assertEquals(file + ", header", error.place());
  }

  /** Tensors that were added, removed or changed, in a file whose checksums hold. */
  @Test
  void exchangedTensorsAreRefused() {
    List<Tensor> tensors = new ArrayList<>(Npz.read(file));
    tensors.removeIf(tensor -> tensor.name().startsWith("mask/"));
    Npz.write(file, tensors);
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> TrainingSnapshot.read(file));
    assertTrue(error.expected().startsWith("content with SHA-256 "), error.expected());
  }

  @Test
  void otherFilesAreRefused() {
    Npz.write(file, List.of(Tensor.ofFloats("w", new int[] {1}, 1)));
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> TrainingSnapshot.read(file));
    assertEquals(
        file
            + ": expected a checkpoint of Espalier, found no header; name another checkpoint, or"
            + " start a new run",
        error.getMessage());
    Path missing = folder.resolve("missing.npz");
    assertThrows(InvalidInputException.class, () -> TrainingSnapshot.read(missing));
  }
}
