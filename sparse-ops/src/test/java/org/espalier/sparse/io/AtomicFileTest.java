package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.sparse.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void writesAndReplaces() throws IOException {
    Path target = folder.resolve("report.json");
    AtomicFile.write(target, out -> out.write(bytes("first")));
    assertEquals("first", Files.readString(target));
    AtomicFile.write(target, out -> out.write(bytes("second")));
    assertEquals("second", Files.readString(target));
    assertEquals(List.of("report.json"), names());
  }

  @Test
  void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
    Path target = folder.resolve("model.npz");
    Files.writeString(target, "old");
    OutputException error =
        assertThrows(
            OutputException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        target
            + ": expected a writable place, found No space left on device; choose another place, or"
            + " free space on the disk",
        error.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("model.npz"), names());
  }

  @Test
  void aFaultInTheContentLeavesNothing() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                folder.resolve("a"),
                out -> {
                  out.write(1);
                  throw new IllegalStateException("a bug");
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void theTargetIsUntouchedUntilTheEnd() throws IOException {
    Path target = folder.resolve("a");
    Files.writeString(target, "old");
    AtomicFile.write(
        target,
        out -> {
          out.write(bytes("new"));
          out.flush();
          assertEquals("old", Files.readString(target));
        });
    assertEquals("new", Files.readString(target));
  }

  @Test
  void missingFoldersAndFoldersAreRefused() throws IOException {
    Path target = folder.resolve("missing").resolve("a");
    OutputException error =
        assertThrows(OutputException.class, () -> AtomicFile.write(target, out -> {}));
    assertEquals("a folder that does not exist", error.found());
    assertEquals("create the folder " + folder.resolve("missing"), error.remedy());
    OutputException isFolder =
        assertThrows(OutputException.class, () -> AtomicFile.write(folder, out -> {}));
    assertEquals("a folder", isFolder.found());
    assertEquals(List.of(), names());
  }

  @Test
  void linksStayLinks() throws IOException {
    Path real = folder.resolve("real");
    Files.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    AtomicFile.write(link, out -> out.write(bytes("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }

  /** Linux has a device that is always full, and one that swallows everything. */
  @Test
  void devicesAreWrittenToDirectly() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "only Linux has the device");
    AtomicFile.write(Path.of("/dev/null"), out -> out.write(bytes("gone")));
    OutputException error =
        assertThrows(
            OutputException.class,
            () -> AtomicFile.write(Path.of("/dev/full"), out -> out.write(bytes("x"))));
    assertEquals("No space left on device", error.found());
    assertTrue(Files.exists(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void foldersAreCreatedOrRefused() throws IOException {
    Path nested = folder.resolve("a").resolve("b");
    AtomicFile.requireWritableDirectory(nested);
    AtomicFile.requireWritableDirectory(nested);
    assertTrue(Files.isDirectory(nested));
    try (Stream<Path> files = Files.list(nested)) {
      assertEquals(0, files.count());
    }
    Path file = Files.writeString(folder.resolve("file"), "x");
    OutputException error =
        assertThrows(OutputException.class, () -> AtomicFile.requireWritableDirectory(file));
    assertEquals(file.toString(), error.place());
    assertEquals("choose another place, or move that file away", error.remedy());
    assertThrows(
        OutputException.class, () -> AtomicFile.requireWritableDirectory(file.resolve("inside")));
    assertEquals("x", Files.readString(file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
