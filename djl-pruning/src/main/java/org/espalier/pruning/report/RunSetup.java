package org.espalier.pruning.report;

import org.espalier.pruning.core.Recipe;

/**
 * What was run: with these five and the versions of {@link Environment}, anyone can run it again.
 *
 * @param network name of the network, for example {@code lenet-300-100}
 * @param data name of the data set
 * @param recipe canonical text of the recipe, any number of lines
 * @param seed seed of everything random
 * @param commandLine the command that repeats the run, as a user types it
 */
public record RunSetup(String network, String data, String recipe, long seed, String commandLine) {

  /** Checks that no text is empty. */
  public RunSetup {
    Checks.text("network", network);
    Checks.text("data", data);
    Checks.text("recipe", recipe);
    Checks.text("commandLine", commandLine);
  }

  /** Returns the SHA-256 of the recipe's canonical text in UTF-8, as 64 lower-case hex digits. */
  public String recipeSha256() {
    return Recipe.sha256(recipe);
  }
}
