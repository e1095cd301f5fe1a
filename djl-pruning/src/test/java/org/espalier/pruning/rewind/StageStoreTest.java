package org.espalier.pruning.rewind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageStoreTest {

  private static final Map<String, String> SETTINGS =
      Map.of("seed", "1", "recipe", "seed: 1\ngroups:\n- rate: 0.2\n  target: 0.9\n");

  @TempDir Path folder;
  private int runs;

  private Map<String, Double> work(Path place) throws IOException {
    runs++;
    Files.writeString(place.resolve("weights"), "w" + runs);
    return Map.of("accuracy", 0.1 + 0.2, "loss", Double.NaN, "steps", 100.0);
  }

  @Test
  void aStageThatIsDoneIsNotDoneAgain() throws IOException {
    Stage first = new StageStore(folder).run("level-01", SETTINGS, this::work);
    Stage again = new StageStore(folder).run("level-01", SETTINGS, this::work);
    assertEquals(1, runs);
    assertEquals(first, again);
    // Not 0.3: figures come back exactly.
    assertEquals(0.30000000000000004, again.figure("accuracy"));
    assertEquals(Double.NaN, again.figure("loss"));
    assertEquals("w1", Files.readString(again.file("weights")));
    assertThrows(IllegalArgumentException.class, () -> again.figure("speed"));
  }

  @Test
  void aStageThatWasKilledIsDoneAgainFromAnEmptyFolder() throws IOException {
    StageStore store = new StageStore(folder);
    assertThrows(
        IOException.class,
        () ->
            store.run(
                "level-01",
                SETTINGS,
                place -> {
                  Files.writeString(place.resolve("half"), "half");
                  Files.createDirectory(place.resolve("more"));
                  throw new IOException("killed");
                }));
    assertEquals(Optional.empty(), store.find("level-01"));
    Stage done = store.run("level-01", SETTINGS, this::work);
    assertEquals(1, runs);
    assertFalse(Files.exists(done.file("half")));
    assertFalse(Files.exists(done.file("more")));
    assertEquals(Optional.of(done), store.find("level-01"));
  }

  @Test
  void anotherDescriptionIsRefusedAndTheDifferenceNamed() throws IOException {
    StageStore store = new StageStore(folder);
    store.run("level-01", SETTINGS, this::work);
    Map<String, String> changed =
        Map.of("seed", "1", "recipe", "seed: 1\ngroups:\n- rate: 0.3\n  target: 0.9\n");
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> store.run("level-01", changed, this::work));
    assertEquals("recipe = - rate: 0.2, with which it was done", error.expected());
    assertEquals("recipe = - rate: 0.3", error.found());
    assertTrue(error.place().endsWith("stage 'level-01'"), error.place());

    InvalidInputException missing =
        assertThrows(
            InvalidInputException.class,
            () -> store.run("level-01", Map.of("seed", "2"), this::work));
    assertEquals("recipe = seed: 1, seed = 1, with which it was done", missing.expected());
    assertEquals("recipe = nothing, seed = 2", missing.found());
    assertEquals(1, runs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "[1]", "{\"stage\":", "{\"stage\": \"level-01\"}", "{} {}"})
  void aDamagedMarkerIsRefused(String text) throws IOException {
    StageStore store = new StageStore(folder);
    Stage done = store.run("level-01", SETTINGS, this::work);
    Files.writeString(done.file("stage.json"), text);
    assertThrows(InvalidInputException.class, () -> store.run("level-01", SETTINGS, this::work));
    assertEquals(1, runs);
  }

  @Test
  void aMarkerThatWasEditedIsRefused() throws IOException {
    StageStore store = new StageStore(folder);
    Stage done = store.run("level-01", SETTINGS, this::work);
    Path marker = done.file("stage.json");
    Files.writeString(
        marker, Files.readString(marker).replace("\"seed\" : \"1\"", "\"seed\" : \"2\""));
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> store.find("level-01"));
    assertEquals("a description that its hash does not fit", error.found());
  }

  @Test
  void filesOfOthersAreNeverDeleted() throws IOException {
    StageStore store = new StageStore(folder);
    Path mine = Files.createDirectory(folder.resolve("level-01")).resolve("thesis.tex");
    Files.writeString(mine, "precious");
    assertThrows(InvalidInputException.class, () -> store.run("level-01", SETTINGS, this::work));
    assertTrue(Files.exists(mine));
    assertEquals(0, runs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "A", "a--b", "-a", "a b"})
  void namesThatAreNoFoldersAreRefused(String name) {
    StageStore store = new StageStore(folder);
    assertThrows(InvalidInputException.class, () -> store.run(name, SETTINGS, this::work));
  }
}
