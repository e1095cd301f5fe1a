package org.espalier.experiments.tribuo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.io.AtomicFile;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;

/**
 * Processor time that models take for an example, as a file: the load of the machine, then a line
 * per model.
 *
 * @param load average of the machine while times were taken; negative if it does not tell
 * @param us microseconds per example, by the name of the model
 */
record PredictionTimes(double load, Map<String, Double> us) {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final double WARM_SECONDS = 1.5;

  private static final int ROUNDS = 15;

  private static final int MOST_EXAMPLES = 2000;

  /**
   * Has models take turns to predict the first 2000 examples of a data set in one call, on the
   * calling thread; medians of its processor time, features looked up and predictions made. Threads
   * that a model has of its own are not counted: XGBoost is held to one by the launcher.
   */
  static <T extends Output<T>> PredictionTimes measure(
      Map<String, Model<T>> models, Dataset<T> data) {
    List<Example<T>> examples = data.getData().subList(0, Math.min(MOST_EXAMPLES, data.size()));
    models.values().forEach(model -> warm(model, examples));
    Map<String, List<Double>> turns = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      models.forEach(
          (name, model) ->
              turns.computeIfAbsent(name, n -> new ArrayList<>()).add(seconds(model, examples)));
    }
    Map<String, Double> us = new LinkedHashMap<>();
    turns.forEach((name, seconds) -> us.put(name, 1e6 * median(seconds) / examples.size()));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return new PredictionTimes(load, us);
  }

  private static <T extends Output<T>> void warm(Model<T> model, List<Example<T>> data) {
    double passed = 0;
    while (passed < WARM_SECONDS) {
      passed += seconds(model, data);
    }
  }

  private static <T extends Output<T>> double seconds(Model<T> model, List<Example<T>> data) {
    long start = THREADS.getCurrentThreadCpuTime();
    int predictions = model.predict(data).size();
    double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    if (predictions != data.size()) {
      throw new IllegalStateException(predictions + " predictions of " + data.size());
    }
    return seconds;
  }

  /** Returns the middle value, or the mean of the middle two. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }

  /** Reads times. */
  static PredictionTimes read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Map<String, Double> us = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ");
      us.put(words[0], Double.valueOf(words[1]));
    }
    return new PredictionTimes(Double.parseDouble(lines.get(0)), us);
  }

  /** Writes the times. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(load + "\n");
    us.forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
