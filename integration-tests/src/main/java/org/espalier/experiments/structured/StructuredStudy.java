package org.espalier.experiments.structured;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.sparse.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every classifier of DJL's model zoo without a part of its channels. */
@Command(
    name = "structured",
    description = "Removes channels of the networks of DJL's model zoo, and times what is left.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StructuredStudy implements Callable<Integer> {

  @Option(names = "--out", required = true, description = "folder for lines and the table")
  private Path out;

  @Option(names = "--networks", split = ",", description = "names; all if left out")
  private List<String> networks = List.of();

  @Option(names = "--rounds", description = "of each pair of times")
  private int rounds = 15;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createDirectories(out.resolve("networks"));
    StringBuilder table = new StringBuilder(ZooRow.HEAD);
    for (ZooNetwork zoo : ZooNetwork.all()) {
      Path file = folder.resolve(zoo.name().replaceAll("\\W+", "-") + ".md");
      boolean wanted = networks.isEmpty() || networks.contains(zoo.name());
      if (wanted && !Files.exists(file)) {
        String row = ZooRow.of(zoo, rounds);
        System.out.print(row);
        write(file, row);
      }
      if (Files.exists(file)) {
        table.append(Files.readString(file));
      }
    }
    write(out.resolve("structured.md"), table.toString());
    return 0;
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
