package org.espalier.experiments.structured;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
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

  @Option(names = "--out", required = true, description = "folder for results, tables and the plot")
  private Path out;

  @Option(names = "--networks", split = ",", description = "names; all if left out")
  private List<String> networks = List.of();

  @Option(names = "--rounds", description = "of each pair of times")
  private int rounds = 15;

  @Override
  public Integer call() throws IOException {
    List<ZooResult> zoo = results("networks", ZooRow.HEAD, ZooNetwork.all(), ZooRow::of);
    List<ZooNetwork> timed =
        ZooNetwork.all().stream().filter(network -> TIMED.contains(network.name())).toList();
    results("half-operations", HalfOperations.HEAD, timed, HalfOperations::of);
    List<ZooResult> fast = zoo.stream().filter(result -> !result.faster().isEmpty()).toList();
    if (!fast.isEmpty()) {
      BufferedImage plot = ZooPlot.of(fast, ZooRow.BATCHES);
      AtomicFile.write(out.resolve("networks.png"), file -> ImageIO.write(plot, "png", file));
    }
    return 0;
  }

  /** Adds results of networks that have none yet, and makes a table of all. */
  private List<ZooResult> results(
      String part,
      String head,
      List<ZooNetwork> all,
      BiFunction<ZooNetwork, Integer, ZooResult> study)
      throws IOException {
    Path folder = Files.createDirectories(out.resolve(part));
    List<ZooResult> results = new ArrayList<>();
    for (ZooNetwork zoo : all) {
      Path file = folder.resolve(zoo.name() + ".json");
      boolean wanted = networks.isEmpty() || networks.contains(zoo.name());
      if (wanted && !Files.exists(file)) {
        ZooResult found = study.apply(zoo, rounds);
        System.out.print(found.lines());
        found.write(file);
      }
      if (Files.exists(file)) {
        results.add(ZooResult.read(file));
      }
    }
    if (!results.isEmpty()) {
      String lines = results.stream().map(ZooResult::lines).collect(Collectors.joining());
      byte[] table = (head + lines).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(out.resolve(part + ".md"), stream -> stream.write(table));
    }
    return results;
  }
}
