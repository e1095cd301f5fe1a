package org.espalier.pruning.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(recipe.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
