package org.espalier.pruning.core;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;

/**
 * Everything that decides how a network is pruned: an immutable value with a canonical text form,
 * which {@link #parse} reads back to an equal recipe, and a hash of it.
 *
 * @param seed of every random choice that pruning makes
 * @param groups at least one; no parameter may belong to two
 */
public record Recipe(long seed, List<PruningGroup> groups) {

  /** Seed of recipes that name none. */
  public static final long DEFAULT_SEED = 42;

  /** Copies the list; refuses an empty one and names that occur twice. */
  public Recipe {
    groups = List.copyOf(groups);
    if (groups.isEmpty()) {
      throw new InvalidInputException(
          "groups", "at least one group", "none", "add a group with a schedule");
    }
    Set<String> names = new HashSet<>();
    for (PruningGroup group : groups) {
      if (!names.add(group.name())) {
        throw new InvalidInputException(
            "groups", "names that differ", "'" + group.name() + "' twice", "rename one group");
      }
    }
  }

  /** Returns the recipe of these groups with the default seed. */
  public static Recipe of(PruningGroup... groups) {
    return new Recipe(DEFAULT_SEED, List.of(groups));
  }

  /** Returns the recipe that prunes all prunable weights by magnitude along a schedule. */
  public static Recipe of(Schedule schedule) {
    return of(PruningGroup.builder(schedule).build());
  }

  /** Returns the recipe that prunes all prunable weights by magnitude before the first step. */
  public static Recipe oneShot(double sparsity) {
    return of(new OneShot(sparsity, Timing.Unit.STEP, 0));
  }

  /**
   * Reads a YAML (or JSON) file.
   *
   * @throws InvalidInputException if it cannot be read or does not hold, naming file and key
   */
  public static Recipe load(Path file) {
    return RecipeText.load(file);
  }

  /**
   * Reads YAML (or JSON) text.
   *
   * @throws InvalidInputException if it does not hold, naming the key
   */
  public static Recipe parse(String text) {
    return RecipeText.parse("recipe", text);
  }

  /** Returns this recipe with another seed. */
  public Recipe withSeed(long seed) {
    return new Recipe(seed, groups);
  }

  /** Returns the YAML text that names every choice, the same for equal recipes. */
  public String canonicalText() {
    return RecipeText.write(this);
  }

  /** Returns the SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits. */
  public String sha256() {
    return sha256(canonicalText());
  }

  /** Returns the SHA-256 of a recipe's text in UTF-8, as 64 lower-case hexadecimal digits. */
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns whether any group decides masks at this moment. */
  public boolean updatesAt(TrainingTime time) {
    for (PruningGroup group : groups) {
      if (group.schedule().updatesAt(time)) {
        return true;
      }
    }
    return false;
  }
}
