package org.espalier.pruning.structured.saved;

import ai.djl.Model;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * A network in a folder that DJL loads by itself: {@code Criteria.builder().setTypes(NDList.class,
 * NDList.class).optModelPath(folder).build().loadModel()}. Besides DJL's own file of parameters it
 * holds the architecture and a {@code serving.properties} that names who builds it.
 */
public final class SavedNetwork {

  /** Name of the file with the architecture. */
  static final String ARCHITECTURE = "architecture.json";

  private SavedNetwork() {}

  /**
   * Writes a network. The folder appears as a whole, or not at all.
   *
   * @param folder that does not exist yet, or is empty
   * @param name of the model
   * @param architecture of the block
   * @param block initialized
   * @throws InvalidInputException if the folder holds something, or the name has other characters
   *     than letters, digits, '.', '_', '-'
   * @throws OutputException if it cannot be written
   */
  public static void write(Path folder, String name, Architecture architecture, Block block) {
    Path target = folder.toAbsolutePath();
    if (!name.matches("[\\w.-]+")) {
      throw new InvalidInputException(
          "name", "letters, digits, '.', '_' and '-'", "'" + name + "'", "name it so");
    }
    requireFree(target);
    AtomicFile.requireWritableDirectory(target.getParent());
    try {
      Path temporary = Files.createTempDirectory(target.getParent(), ".espalier");
      try {
        fill(temporary, name, architecture, block);
        Files.deleteIfExists(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(temporary);
      }
    } catch (IOException e) {
      throw new OutputException(
          folder.toString(),
          "a folder that can be written",
          e.toString(),
          "check permissions and space",
          e);
    }
  }

  private static void fill(Path folder, String name, Architecture architecture, Block block)
      throws IOException {
    try (Model model = Model.newInstance(name)) {
      model.setBlock(block);
      model.save(folder, name);
    }
    ArchitectureFile.write(folder.resolve(ARCHITECTURE), architecture);
    String properties =
        "engine=PyTorch\noption.modelName="
            + name
            + "\nblockFactory="
            + ArchitectureFactory.class.getName()
            + "\n";
    Files.writeString(folder.resolve("serving.properties"), properties, StandardCharsets.UTF_8);
  }

  private static void requireFree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new InvalidInputException(
            folder.toString(), "a new folder", "one that holds files", "name another");
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          folder.toString(), "a new folder", "something else", "name another", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException error)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
