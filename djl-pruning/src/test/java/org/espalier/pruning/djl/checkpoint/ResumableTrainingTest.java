package org.espalier.pruning.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.EasyTrain;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.pruning.djl.checkpoint.SmallRun.Kind;
import org.espalier.pruning.djl.checkpoint.SmallRun.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResumableTrainingTest {

  private static final String GRADUAL =
      "schedule: {type: cubic, target: 0.8, begin: 1, end: 5, every: 2}\n";

  /** What must go on across a resume: by name, the recipe. */
  private static final Map<String, String> RECIPES =
      Map.of(
          "dense",
          "",
          "gradual",
          GRADUAL,
          "tracking",
          GRADUAL + "criterion: snip-momentum\n",
          "start values",
          GRADUAL + "criterion: weight-change\n",
          "measuring",
          GRADUAL.replace("end: 5", "end: 3") + "criterion: fisher\nbatches: 2\n",
          "growing",
          "{lifecycle: snfs, schedule: {type: constant, target: 0.5, end: 6, every: 2}}",
          "gates",
          "{forward: {type: l0, examples: 100}, lifecycle: follow, schedule: {type: observe}}",
          "half trained",
          "{forward: {type: straight-through, backward: 0.3},"
              + " schedule: {type: constant, target: 0.6, end: 6, every: 3}}",
          "validation",
          "{criterion: prechelt, allocation: threshold,"
              + " schedule: {type: lprune, limit: 0.95, unit: epoch, begin: 1}}");

  static Stream<Setup> setups() {
    return Stream.of(
            Stream.of(Kind.values()).map(kind -> new Setup(kind, "gradual", false)),
            Stream.of(Kind.values()).map(kind -> new Setup(kind, "gradual", true)),
            Stream.of(
                new Setup(Kind.SGD, "dense", false),
                new Setup(Kind.ADAM, "tracking", false),
                new Setup(Kind.SGD, "tracking", true),
                new Setup(Kind.SGD, "start values", false),
                new Setup(Kind.SGD, "measuring", false),
                new Setup(Kind.ADAM, "measuring", true),
                new Setup(Kind.SGD, "growing", false),
                new Setup(Kind.ADAM, "gates", true),
                new Setup(Kind.SGD, "gates", false),
                new Setup(Kind.SGD, "half trained", false),
                new Setup(Kind.SGD, "validation", false),
                new Setup(Kind.ADAMW, "validation", true)))
        .flatMap(s -> s);
  }

  /** Resumed at every checkpoint of a run, another process ends with the same file, bit for bit. */
  @ParameterizedTest
  @MethodSource("setups")
  void everyCheckpointLeadsToTheSameEnd(Setup named, @TempDir Path folder) throws Exception {
    Setup setup = new Setup(named.kind(), RECIPES.get(named.recipe()), named.attached());
    Checkpoints all = new Checkpoints(folder.resolve("all"), 1, 100);
    try (SmallRun run = new SmallRun(setup, 1)) {
      run.training().optCheckpoints(all).build().run();
    }
    List<Path> files = all.files();
    // One after each batch; while a decision of two batches holds a step back there is none.
    int held = named.recipe().equals("measuring") ? 2 : 0;
    assertEquals(SmallRun.EPOCHS * SmallRun.BATCHES - held, files.size(), files.toString());
    Path last = files.get(0);
    for (int i = 1; i < files.size(); i++) {
      Checkpoints again = new Checkpoints(folder.resolve("again" + i), 100, 1);
      try (SmallRun run = new SmallRun(setup, 2)) {
        ResumableTraining training = run.training().optCheckpoints(again).build();
        training.restore(TrainingSnapshot.read(files.get(i)));
        training.run();
      }
      assertEquals(-1, Files.mismatch(last, again.files().get(0)), files.get(i).toString());
    }
  }

  /** Random layers draw the same numbers whatever was drawn before. */
  @Test
  void theRandomStateOfAStepDependsOnSeedAndPositionAlone(@TempDir Path folder) throws Exception {
    Setup setup = new Setup(Kind.SGD, "", false);
    List<byte[]> ends = new ArrayList<>();
    for (int disturbance = 0; disturbance < 2; disturbance++) {
      Checkpoints checkpoints = new Checkpoints(folder.resolve("d" + disturbance), 100, 1);
      try (SmallRun run = new SmallRun(setup, 1)) {
        try (NDManager manager = NDManager.newBaseManager()) {
          manager.randomUniform(0, 1, new Shape(1 + 10 * disturbance));
        }
        run.training().optCheckpoints(checkpoints).build().run();
      }
      ends.add(Files.readAllBytes(checkpoints.files().get(0)));
    }
    assertArrayEquals(ends.get(0), ends.get(1));
    StepSeed seed = new StepSeed(7);
    Set<Integer> seeds = new HashSet<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      for (int batch = -2; batch < 100; batch++) {
        seeds.add(seed.hash(epoch, batch));
      }
    }
    // 10 200 draws of 32 bits: 0.012 pairs are expected to be equal.
    assertEquals(100 * 102, seeds.size());
    assertNotEquals(seed.hash(0, 0), new StepSeed(8).hash(0, 0));
  }

  /** The events are those of {@code EasyTrain.fit}, in its order. */
  @Test
  void listenersSeeWhatEasyTrainShowsThem() throws Exception {
    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    Setup setup = new Setup(Kind.SGD, "", false);
    try (SmallRun run = new SmallRun(setup, 1, ours)) {
      run.training().build().run();
    }
    try (SmallRun run = new SmallRun(setup, 1, theirs)) {
      EasyTrain.fit(run.trainer, SmallRun.EPOCHS, SmallRun.dataset(), SmallRun.validation());
    }
    assertEquals(theirs, ours);
    assertEquals(2 + SmallRun.EPOCHS * (SmallRun.BATCHES + 2 + 1), ours.size());
  }

  /** DJL's own data sets draw their order from DJL's random numbers. */
  @Test
  void aDataSetOfDjlKeepsItsOrder() throws Exception {
    float[] numbers = new float[20];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      ArrayDataset dataset =
          new ArrayDataset.Builder()
              .setData(manager.create(numbers, new Shape(20, 1)))
              .optLabels(manager.create(numbers, new Shape(20, 1)))
              .setSampling(4, true)
              .build();
      EpochData data = EpochData.of(dataset, Map.of("data", "twenty"));
      List<String> whole = labels(data, 3, 0, manager);
      assertEquals(5, whole.size());
      assertNotEquals(whole, labels(data, 4, 0, manager));
      assertEquals(whole.subList(2, 5), labels(data, 3, 2, manager));
      assertEquals(Map.of("data", "twenty"), data.facts());
    }
  }

  private static List<String> labels(EpochData data, long epoch, long skip, NDManager manager)
      throws Exception {
    TrainingPosition position = new TrainingPosition(epoch, 0, epoch);
    new StepSeed(1).beforeEpoch(Engine.getInstance(), position);
    List<String> labels = new ArrayList<>();
    for (Batch batch : data.batches(epoch, skip, manager)) {
      try (batch) {
        labels.add(Arrays.toString(batch.getLabels().head().toFloatArray()));
      }
    }
    return labels;
  }

  /** Checkpoints, and going back to them, leave no array behind. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void checkpointsLeaveNoArrayBehind(Kind kind) throws Exception {
    Setup setup = new Setup(kind, RECIPES.get("tracking"), false);
    try (SmallRun run = new SmallRun(setup, 1)) {
      run.training().build().run();
      TrainingSnapshot snapshot = run.training().build().snapshot();
      NDManager system = run.trainer.getManager().getEngine().newBaseManager().getParentManager();
      int arrays = run.arrays() + system.getManagedArrays().size();
      for (int i = 0; i < 50; i++) {
        snapshot.restore(run.trainer);
        snapshot = run.training().build().snapshot();
      }
      assertEquals(arrays, run.arrays() + system.getManagedArrays().size());
    }
  }
}
