package org.espalier.experiments;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import picocli.CommandLine.Option;

/**
 * What every study asks of its user. Each training leaves files in the output folder; those that
 * exist are not repeated, so that a study can be stopped, resumed, and shared by processes that
 * take different seeds.
 */
public final class StudyOptions {

  @Option(names = "--data-dir", required = true, description = "folder with the data set's files")
  private Path dataDir;

  @Option(names = "--out", required = true, description = "folder for runs, table and plot")
  private Path out;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "of the trainings to run now; the table has all that exist")
  private List<Long> seeds;

  @Option(names = "--threads", defaultValue = "1", description = "of libtorch")
  private int threads;

  /** Returns the seeds of the trainings to run now. */
  public List<Long> seeds() {
    return seeds;
  }

  /** Loads the data set and sets the number of threads. */
  public ImageData load(DataSource source) {
    ImageData data = source.load(dataDir);
    Engine.getInstance();
    JniUtils.setNumThreads(threads);
    return data;
  }

  /** Returns a folder of the output folder, which is made if need be. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(out.resolve(name));
  }

  /** Returns the place of a file of the output folder. */
  public Path file(String name) {
    return out.resolve(name);
  }
}
