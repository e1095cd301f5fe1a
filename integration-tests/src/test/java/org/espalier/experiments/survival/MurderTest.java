package org.espalier.experiments.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few kills in each build; {@code benchmarks survival} does twenty. */
class MurderTest {

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void aTrainingKilledTwiceEndsWithTheSameBits(String optimizer, @TempDir Path folder)
      throws Exception {
    Murder.Outcome whole = new Murder(optimizer, 1, folder.resolve("whole")).none();
    Murder.Outcome torn =
        new Murder(optimizer, 1, folder.resolve("killed"))
            .repeated(2, whole.seconds(), new SplittableRandom(3));
    // A machine that is suddenly faster may end before a kill: then fewer have happened.
    assertTrue(torn.kills() <= 2);
    assertEquals("checkpoint-000000000063.npz", whole.last().getFileName().toString());
    assertEquals(whole.last().getFileName(), torn.last().getFileName());
    assertEquals(-1, Files.mismatch(whole.last(), torn.last()));
  }
}
