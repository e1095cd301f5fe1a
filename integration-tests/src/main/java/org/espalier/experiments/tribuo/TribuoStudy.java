package org.espalier.experiments.tribuo;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;
import org.tribuo.Model;
import org.tribuo.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Dense and sparse networks beside Tribuo's own models. Each training leaves its figures and the
 * model as files; those that exist are not repeated. Predictions are timed when all models of a
 * data set are there, which take turns, as they are read from their files.
 */
@Command(
    name = "tribuo",
    description = "Compares sparse networks with Tribuo's linear models, XGBoost and forests.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TribuoStudy implements Callable<Integer> {

  /** Held here: a logger that nothing holds forgets its level. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  @Option(
      names = "--data-dir",
      required = true,
      description = "folder with mnist and tabular, as published")
  private Path dataDir;

  @Option(names = "--out", required = true, description = "folder for runs, table and plot")
  private Path out;

  @Option(names = "--data", split = ",", description = "adult, optdigits, iris, wine, mnist")
  private List<String> names = List.copyOf(Problems.names());

  @Option(
      names = "--seeds",
      split = ",",
      description = "of the trainings to run now; the table has all that exist")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(
      names = "--validate",
      description = "judge by a fifth of the training data, to choose settings; test data rest")
  private boolean validate;

  @Override
  public Integer call() throws Exception {
    if (!Problems.names().containsAll(names)) {
      throw new InvalidInputException(
          "--data", Problems.names().toString(), names.toString(), "name some of these");
    }
    TRIBUO.setLevel(Level.WARNING);
    Engine.getInstance();
    JniUtils.setNumThreads(1);
    List<ProblemResult> results = new ArrayList<>();
    for (String name : names) {
      DataFolder folder = new DataFolder(dataDir, out.resolve("data"));
      results.add(result(Problems.load(name, folder, validate)));
    }
    String table = ResultTable.of(results);
    System.out.print(table);
    String file = validate ? "tribuo-validation" : "tribuo";
    AtomicFile.write(
        out.resolve(file + ".md"), stream -> stream.write(table.getBytes(StandardCharsets.UTF_8)));
    BufferedImage plot = ResultPlot.of(results);
    AtomicFile.write(out.resolve(file + ".png"), stream -> ImageIO.write(plot, "png", stream));
    return 0;
  }

  private <T extends Output<T>> ProblemResult result(Problem<T> problem) throws IOException {
    Path runs = Files.createDirectories(out.resolve(validate ? "validation" : "runs"));
    Map<String, List<ModelRun>> all = new LinkedHashMap<>();
    for (Contestant<T> contestant : problem.contestants()) {
      for (long seed : contestant.random() ? seeds : seeds.subList(0, 1)) {
        run(problem, contestant, seed, runs);
      }
      all.put(contestant.name(), ModelRun.readAll(runs, problem.name(), contestant.name()));
    }
    PredictionTimes times = times(problem, runs);
    return new ProblemResult(
        problem.name(),
        problem.measure().name(),
        problem.contestants().stream()
            .map(c -> new ProblemResult.Row(c.label(), all.get(c.name()), times.us().get(c.name())))
            .toList());
  }

  private static Path modelFile(Path runs, Problem<?> problem, Contestant<?> who, long seed) {
    return runs.resolve("%s-%s-seed-%d.tribuo".formatted(problem.name(), who.name(), seed));
  }

  private static <T extends Output<T>> void run(
      Problem<T> problem, Contestant<T> who, long seed, Path runs) throws IOException {
    Path saved = modelFile(runs, problem, who, seed);
    Path figures = ModelRun.file(runs, problem.name(), who.name(), seed);
    if (Files.exists(figures)) {
      return;
    }
    long start = System.nanoTime();
    Model<T> model = who.trainer().apply(seed).train(problem.train());
    double seconds = (System.nanoTime() - start) / 1e9;
    AtomicFile.write(saved, model::serializeToStream);
    ModelRun run =
        new ModelRun(
            problem.measure().judge().of(model, problem.test()),
            seconds,
            Files.size(saved),
            ModelSize.learnedBytes(model));
    run.write(figures);
    System.out.printf(Locale.ROOT, "%s: %.4f, %.1f s%n", saved.getFileName(), run.score(), seconds);
  }

  private <T extends Output<T>> PredictionTimes times(Problem<T> problem, Path runs)
      throws IOException {
    Path file = runs.resolve(problem.name() + "-times.txt");
    if (Files.exists(file)) {
      return PredictionTimes.read(file);
    }
    Class<T> kind = kind(problem);
    Map<String, Model<T>> models = new LinkedHashMap<>();
    for (Contestant<T> who : problem.contestants()) {
      Path saved = modelFile(runs, problem, who, seeds.get(0));
      models.put(who.name(), Model.deserializeFromFile(saved).castModel(kind));
    }
    PredictionTimes times = PredictionTimes.measure(models, problem.test());
    times.write(file);
    return times;
  }

  @SuppressWarnings("unchecked") // An output's class is that of its kind.
  private static <T extends Output<T>> Class<T> kind(Problem<T> problem) {
    return (Class<T>) problem.test().getExample(0).getOutput().getClass();
  }
}
