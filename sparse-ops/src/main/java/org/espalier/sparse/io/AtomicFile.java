package org.espalier.sparse.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.espalier.sparse.OutputException;

/**
 * Files that appear whole or not at all: written under a temporary name beside the target, forced
 * to the disk, then moved into place in one step. A killed process leaves the old file or the new
 * one.
 */
public final class AtomicFile {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes to a buffered stream that the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Replaces a file. A symbolic link stays, what it points to is replaced; a device such as {@code
   * /dev/stdout} is written to directly.
   *
   * @throws OutputException if it cannot be written: the target is as it was, no other file is left
   */
  public static void write(Path target, Content content) {
    Path place = target.toAbsolutePath();
    try {
      if (Files.isDirectory(place)) {
        throw new OutputException(
            target.toString(), "a file", "a folder", "name a file inside it", null);
      }
      if (Files.exists(place)) {
        place = place.toRealPath();
        if (!Files.isRegularFile(place)) {
          writeThrough(place, content);
          return;
        }
      }
      replace(place, content);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /**
   * Makes sure that files can be written into a folder, creating it and its parents if need be.
   *
   * @throws OutputException if that is not possible
   */
  public static void requireWritableDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
      // Permission bits say little for root, on read-only disks and on Windows: try it.
      Path probe = temporaryBeside(directory.resolve("probe"));
      Files.createFile(probe);
      Files.delete(probe);
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  private static void replace(Path place, Content content) throws IOException {
    Path temporary = temporaryBeside(place);
    boolean moved = false;
    try {
      try (FileChannel channel =
              FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
    }
    forceDirectory(place.getParent());
  }

  private static void writeThrough(Path device, Content content) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(device, StandardOpenOption.WRITE))) {
      content.writeTo(out);
    }
  }

  /** Makes the move itself survive a power cut, where the system lets a folder be opened. */
  private static boolean forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (IOException e) {
      return false; // Windows: the file itself is safe, and it is in place.
    }
  }

  private static Path temporaryBeside(Path place) {
    return place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static OutputException failure(Path target, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String remedy = "choose another place, or free space on the disk";
    Path parent = target.toAbsolutePath().getParent();
    if (e instanceof NoSuchFileException && Files.exists(parent)) {
      reason = "a place where nothing can be created";
    } else if (e instanceof NoSuchFileException) {
      reason = "a folder that does not exist";
      remedy = "create the folder " + parent;
    } else if (e instanceof AccessDeniedException) {
      reason = "no permission to write";
      remedy = "choose a place that you may write to";
    } else if (e instanceof FileAlreadyExistsException) {
      reason = "a file where a folder should be, " + reason;
      remedy = "choose another place, or move that file away";
    }
    return new OutputException(target.toString(), "a writable place", reason, remedy, e);
  }
}
