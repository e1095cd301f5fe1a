package org.espalier.experiments.features;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.espalier.sparse.io.AtomicFile;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.SelectedFeatureSet;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.ExtraTreesTrainer;
import org.tribuo.dataset.SelectedFeatureDataset;
import org.tribuo.datasource.IDXDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * QuickSelection on MNIST, judged as its paper does: extremely randomized trees learn from the
 * chosen pixels alone. Each run leaves a file; those that exist are not repeated.
 */
@Command(
    name = "feature-selection",
    description = "Chooses pixels of MNIST by QuickSelection and trains trees on them.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FeatureSelectionStudy implements Callable<Integer> {

  /**
   * Accuracy of trees on 50 pixels in the paper, after 10 and after 100 epochs: Atashgahi et al.,
   * Machine Learning 111 (2022), table 2; from memory, to half a point.
   */
  private static final double PAPER = 0.935;

  @Option(names = "--data-dir", required = true, description = "folder with MNIST's four files")
  private Path dataDir;

  @Option(names = "--out", required = true, description = "folder for runs, table and pictures")
  private Path out;

  @Option(names = "--seeds", split = ",", description = "of the runs to make now")
  private List<Long> seeds = List.of(1L);

  @Option(names = "--epochs", split = ",", description = "of QuickSelection; the paper: 10 and 100")
  private List<Integer> epochs = List.of(10, 100);

  @Option(names = "--pixels", description = "to choose")
  private int k = 50;

  @Option(names = "--trees", description = "in the ensemble; the paper: 50")
  private int trees = 50;

  @Override
  public Integer call() throws Exception {
    Dataset<Label> train = load("train");
    Dataset<Label> test = load("t10k");
    List<Candidate> candidates = new ArrayList<>();
    epochs.forEach(e -> candidates.add(Candidate.quickSelection(e)));
    candidates.add(Candidate.random());
    candidates.add(Candidate.all());
    StringBuilder table =
        new StringBuilder(
            "| pixels | accuracy, % | selection, s | trees, s |\n|---|---|---|---|\n");
    for (Candidate candidate : candidates) {
      for (long seed : seeds) {
        SelectionRun run = run(candidate, seed, train, test);
        table.append(
            String.format(
                Locale.ROOT,
                "| %s, seed %d | %.2f | %.0f | %.0f |%n",
                candidate.label(),
                seed,
                100 * run.accuracy(),
                run.selectSeconds(),
                run.treesSeconds()));
      }
    }
    table.append(
        String.format(
            Locale.ROOT, "| paper, QuickSelection (from memory) | %.1f | | |%n", 100 * PAPER));
    System.out.print(table);
    write(out.resolve("feature-selection.md"), table.toString());
    return 0;
  }

  private Dataset<Label> load(String part) throws IOException {
    return new MutableDataset<>(
        new IDXDataSource<>(
            dataDir.resolve(part + "-images-idx3-ubyte.gz"),
            dataDir.resolve(part + "-labels-idx1-ubyte.gz"),
            new LabelFactory()));
  }

  private SelectionRun run(
      Candidate candidate, long seed, Dataset<Label> train, Dataset<Label> test)
      throws IOException {
    Path folder = Files.createDirectories(out.resolve("runs"));
    String name = candidate.name() + "-" + k + "-seed-" + seed;
    Path file = folder.resolve(name + ".txt");
    if (Files.exists(file)) {
      return SelectionRun.read(file);
    }
    long start = System.nanoTime();
    List<Integer> pixels = List.of();
    Dataset<Label> chosen = train;
    if (candidate.selects()) {
      SelectedFeatureSet selected = candidate.select(train, k, seed);
      // The data source calls a pixel by its place: 000 to 783.
      pixels = selected.featureNames().stream().map(Integer::valueOf).toList();
      chosen = new SelectedFeatureDataset<>(train, selected);
    }
    double selecting = seconds(start);
    start = System.nanoTime();
    Model<Label> model = trees(chosen.getFeatureMap().size(), seed).train(chosen);
    double training = seconds(start);
    double accuracy = accuracy(model, test);
    SelectionRun run = new SelectionRun(selecting, training, accuracy, pixels);
    run.write(file);
    System.out.printf(Locale.ROOT, "%s: %.4f%n", name, accuracy);
    if (candidate.selects()) {
      draw(train, pixels, folder.resolve(name + ".png"));
    }
    return run;
  }

  /** As scikit-learn's defaults: sqrt(features) are looked at in a split, trees are grown fully. */
  private ExtraTreesTrainer<Label> trees(int features, long seed) {
    CARTClassificationTrainer tree =
        new CARTClassificationTrainer(
            Integer.MAX_VALUE,
            2,
            0,
            (float) (1 / Math.sqrt(features)),
            true,
            new GiniIndex(),
            seed);
    return new ExtraTreesTrainer<>(tree, new VotingCombiner(), trees, seed);
  }

  /** Tribuo refuses an image that is white at all chosen pixels; it counts as wrong. */
  private static double accuracy(Model<Label> model, Dataset<Label> test) {
    int right = 0;
    for (Example<Label> example : test) {
      boolean seen = false;
      for (Feature feature : example) {
        seen |= model.getFeatureIDMap().getID(feature.getName()) >= 0;
      }
      if (seen && model.predict(example).getOutput().equals(example.getOutput())) {
        right++;
      }
    }
    return (double) right / test.size();
  }

  private static void draw(Dataset<Label> data, List<Integer> pixels, Path file)
      throws IOException {
    double[] mean = new double[PixelMap.SIDE * PixelMap.SIDE];
    for (Example<Label> example : data) {
      for (Feature feature : example) {
        mean[Integer.parseInt(feature.getName())] += feature.getValue() / data.size();
      }
    }
    AtomicFile.write(file, stream -> ImageIO.write(PixelMap.draw(mean, pixels), "png", stream));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
