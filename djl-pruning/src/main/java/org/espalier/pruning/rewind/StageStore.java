package org.espalier.pruning.rewind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * The stages of a long run in a folder, one folder each. A stage that is done is not done again: a
 * run that was killed goes on with the first stage that is missing. A stage counts as done once its
 * marker, {@code stage.json}, is there, which is written last and in one step; what a killed stage
 * has left is deleted and the stage done again. One process at a time.
 */
public final class StageStore {

  private static final String DONE = "stage.json";

  /** Says that a folder is a stage's own, so that nothing else is ever deleted. */
  private static final String BEGUN = "begun";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * The work of a stage.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Work<E extends Exception> {

    /**
     * Does the work from the settings and from what earlier stages stored alone.
     *
     * @param folder empty, for the stage's files
     * @return figures by name; finite or not, they are stored exactly
     */
    Map<String, Double> run(Path folder) throws E;
  }

  private final Path folder;

  /**
   * Opens a store.
   *
   * @param folder created if need be
   * @throws OutputException if nothing can be written there
   */
  public StageStore(Path folder) {
    AtomicFile.requireWritableDirectory(folder);
    this.folder = folder;
  }

  /**
   * Returns the result of a stage, which is done first if it is not done yet.
   *
   * @param name words of lower-case letters and digits, joined by hyphens
   * @param description everything that decides the result: settings, recipe, seed, by key
   * @throws InvalidInputException if the stage was done with another description, naming the
   *     difference; or if something else than a stage is at its place. Nothing has changed then
   */
  public <E extends Exception> Stage run(String name, Map<String, String> description, Work<E> work)
      throws E {
    Path place = place(name);
    Path marker = place.resolve(DONE);
    TreeMap<String, String> wanted = new TreeMap<>(description);
    if (Files.exists(marker)) {
      StageMarker done = StageMarker.read(marker);
      done.requireSame(marker, wanted);
      return new Stage(name, place, done.figures());
    }
    begin(place);
    TreeMap<String, Double> figures = new TreeMap<>(work.run(place));
    StageMarker.of(name, wanted, figures).write(marker);
    return new Stage(name, place, figures);
  }

  /** Returns a stage if it is done. */
  public Optional<Stage> find(String name) {
    Path place = place(name);
    Path marker = place.resolve(DONE);
    return Files.exists(marker)
        ? Optional.of(new Stage(name, place, StageMarker.read(marker).figures()))
        : Optional.empty();
  }

  private Path place(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "stage",
          "a name of lower-case letters, digits and single hyphens",
          "'" + name + "'",
          "rename it");
    }
    return folder.resolve(name);
  }

  private static void begin(Path place) {
    try {
      if (Files.exists(place)) {
        clear(place);
      }
      Files.createDirectories(place);
      Files.write(
          place.resolve(BEGUN),
          "a stage of Espalier; done if stage.json is there\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OutputException(
          place.toString(), "a folder for the stage", e.toString(), "choose another folder", e);
    }
  }

  private static void clear(Path place) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.walk(place)) {
      entries = all.sorted(Comparator.reverseOrder()).toList();
    }
    if (entries.size() > 1 && !Files.exists(place.resolve(BEGUN))) {
      throw new InvalidInputException(
          place.toString(),
          "no such folder, or one that a stage began",
          "a folder with other files",
          "choose another folder");
    }
    for (Path entry : entries) {
      Files.delete(entry);
    }
  }
}
