package org.espalier.pruning.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  @TempDir private Path folder;

  private static TrainingSnapshot at(long batches) {
    TrainingSnapshot any = SnapshotFileTest.snapshot();
    return new TrainingSnapshot(
        any.identity(),
        new TrainingPosition(0, batches, batches),
        any.parameters(),
        any.optimizer(),
        any.session(),
        any.notes());
  }

  private List<String> names(Checkpoints checkpoints) {
    return checkpoints.files().stream().map(f -> folder.relativize(f).toString()).toList();
  }

  @Test
  void theNewestAreKept() {
    Checkpoints checkpoints = new Checkpoints(folder, 5, 2);
    assertEquals(Optional.empty(), checkpoints.newest());
    for (int batches = 5; batches <= 20; batches += 5) {
      assertTrue(checkpoints.due(new TrainingPosition(0, batches, batches)));
      assertFalse(checkpoints.due(new TrainingPosition(0, batches + 1, batches + 1)));
      checkpoints.save(at(batches));
    }
    assertEquals(
        List.of("checkpoint-000000000020.npz", "checkpoint-000000000015.npz"), names(checkpoints));
    assertEquals(20, checkpoints.newest().orElseThrow().snapshot().position().batches());
    checkpoints.clear();
    assertEquals(List.of(), checkpoints.files());
  }

  /** What a run that was given up wrote later is gone with the first checkpoint of the next. */
  @Test
  void laterOnesOfAnotherRunGo() {
    Checkpoints checkpoints = new Checkpoints(folder, 1, 2);
    checkpoints.save(at(8));
    checkpoints.save(at(9));
    checkpoints.save(at(7));
    assertEquals(List.of("checkpoint-000000000007.npz"), names(checkpoints));
  }

  @Test
  void whatAKilledProcessWasWritingIsRemoved() throws IOException {
    Path half =
        folder.resolve(".checkpoint-000000000003.npz.2f1c4e9a-0000-4000-8000-0123456789ab.tmp");
    Path other = folder.resolve("notes.txt");
    Files.writeString(half, "half");
    Files.writeString(other, "mine");
    new Checkpoints(folder, 1, 1);
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(other));
  }

  @Test
  void theNewestThatIsWholeIsTaken() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 1, 3);
    checkpoints.save(at(1));
    checkpoints.save(at(2));
    Files.write(checkpoints.files().get(0), new byte[100]);
    Checkpoints.Found found = checkpoints.newest().orElseThrow();
    assertEquals(1, found.snapshot().position().batches());
    assertEquals(folder.resolve("checkpoint-000000000001.npz"), found.file());
    assertEquals(1, found.passedOver().size());
    assertTrue(found.passedOver().get(0).contains("000000000002.npz: expected"));
    Files.write(found.file(), new byte[100]);
    InvalidInputException error = assertThrows(InvalidInputException.class, checkpoints::newest);
    assertTrue(error.place().contains("checkpoint-000000000002.npz"), error.place());
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    assertThrows(InvalidInputException.class, () -> new Checkpoints(folder, 0, 1));
    assertThrows(InvalidInputException.class, () -> new Checkpoints(folder, 1, 0));
    Path file = Files.createFile(folder.resolve("file"));
    assertThrows(OutputException.class, () -> new Checkpoints(file, 1, 1));
  }
}
