package org.espalier.experiments.structured;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
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

  /** Networks whose time is asked for. */
  private static final Set<String> TIMED = Set.of("resnet-18-basic", "mobilenet-v1");

  @Option(names = "--out", required = true, description = "folder for lines and tables")
  private Path out;

  @Option(names = "--networks", split = ",", description = "names; all if left out")
  private List<String> networks = List.of();

  @Option(names = "--rounds", description = "of each pair of times")
  private int rounds = 15;

  @Override
  public Integer call() throws IOException {
    lines("networks", ZooRow.HEAD, ZooNetwork.all(), ZooRow::of);
    List<ZooNetwork> timed =
        ZooNetwork.all().stream().filter(zoo -> TIMED.contains(zoo.name())).toList();
    lines("half-operations", HalfOperations.HEAD, timed, HalfOperations::of);
    return 0;
  }

  /** Adds lines of networks that have none yet, and makes a table of all. */
  private void lines(
      String part, String head, List<ZooNetwork> all, BiFunction<ZooNetwork, Integer, String> lines)
      throws IOException {
    Path folder = Files.createDirectories(out.resolve(part));
    StringBuilder table = new StringBuilder(head);
    for (ZooNetwork zoo : all) {
      Path file = folder.resolve(zoo.name() + ".md");
      boolean wanted = networks.isEmpty() || networks.contains(zoo.name());
      if (wanted && !Files.exists(file)) {
        String found = lines.apply(zoo, rounds);
        System.out.print(found);
        write(file, found);
      }
      if (Files.exists(file)) {
        table.append(Files.readString(file));
      }
    }
    write(out.resolve(part + ".md"), table.toString());
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
