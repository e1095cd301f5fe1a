package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Pair;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.Spies.SpyCollector;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.pruning.djl.evidence.Samples;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that move while a network trains. */
class RegrowthTest {

  private static final String HIDDEN = "05Linear_weight";

  /** 36, 640 and 30 weights at 0.5. */
  private static final int KEPT = 18 + 320 + 15;

  private final Watch watch = new Watch();

  /** Looks at every step before and after the optimizer. */
  private static final class Watch extends SpyHooks {

    private DefaultTrainingConfig config;
    private Map<String, Mask> before = Map.of();
    private final Map<String, byte[]> lived = new TreeMap<>();
    private int kept = KEPT;
    private int grown;
    private int decisions;

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      Map<String, Mask> masks = session.state().masks();
      if (!masks.equals(before)) {
        decisions++;
      }
      Map<String, float[]> weights = TinyTraining.weights(session.trainer().getModel().getBlock());
      masks.forEach(
          (path, mask) -> {
            if (before.containsKey(path)) {
              requireFresh(session, path, mask.minus(before.get(path)), weights.get(path));
            }
            note(path, mask);
          });
      before = masks;
    }

    private void note(String path, Mask mask) {
      byte[] all = lived.computeIfAbsent(path, p -> new byte[mask.elements()]);
      for (int i = 0; i < all.length; i++) {
        all[i] |= (byte) (mask.isKept(i) ? 1 : 0);
      }
    }

    /** What has just grown stands at 0 and its optimizer state, too. */
    private void requireFresh(PruningSession session, String path, Mask born, float[] weights) {
      grown += born.keptCount();
      Map<String, String> paths = new HashMap<>();
      for (Pair<String, Parameter> pair : session.trainer().getModel().getBlock().getParameters()) {
        paths.put(pair.getValue().getId(), pair.getKey());
      }
      for (int i = 0; i < weights.length; i++) {
        assertTrue(!born.isKept(i) || weights[i] == 0f);
      }
      OptimizerState.forEach(
          config.getOptimizer(),
          (id, array) -> {
            if (path.equals(paths.get(id))) {
              float[] state = array.toFloatArray();
              for (int i = 0; i < state.length; i++) {
                assertTrue(!born.isKept(i) || state[i] == 0f);
              }
            }
          });
    }

    @Override
    public void afterOptimizerStep(PruningSession session) {
      assertEquals(kept, session.state().keptCount());
      Map<String, float[]> weights = TinyTraining.weights(session.trainer().getModel().getBlock());
      session
          .state()
          .masks()
          .forEach((path, mask) -> assertTrue(TinyTraining.holds(mask, weights.get(path))));
    }
  }

  private Trainer trainer(
      Model model, OptimizerKind kind, String recipe, boolean attached, EvidenceSetup evidence) {
    watch.config = TinyTraining.config(kind);
    Trainer trainer =
        model.newTrainer(
            TinyTraining.config(watch.config, Recipe.parse(recipe), attached, evidence, watch));
    trainer.initialize(TinyTraining.inputShape());
    return trainer;
  }

  private Trainer trainer(Model model, OptimizerKind kind, String recipe, boolean attached) {
    return trainer(model, kind, recipe, attached, EvidenceSetup.FROM_TRAINING);
  }

  private static String recipe(String lifecycle) {
    return "{lifecycle: %s, schedule: {type: constant, target: 0.5, every: 3, end: 24}}"
        .formatted(lifecycle);
  }

  @ParameterizedTest(name = "{0}, {1}, attached: {2}")
  @CsvSource({
    "set, SGD, true",
    "set, ADAM, false",
    "rigl, SGD, false",
    "rigl, ADAM, true",
    "snfs, SGD, true",
    "snfs, ADAMW, false",
    "'{type: dsr, fraction: 0.3}', SGD, false",
    "'{type: drop-grow, drop: threshold, threshold: 0.1, grow: random, share: survivors}', ADAM,"
        + " true",
    "deep-r, SGD, true",
    "deep-r, ADAM, false",
    "'deep-r, update: {type: langevin, temperature: 0.001},"
        + " regularizers: [{type: l1, strength: 0.001}]', SGD, false",
  })
  void theCountIsConstantAndWhatGrowsStartsFresh(
      String lifecycle, OptimizerKind kind, boolean attached) {
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, kind, recipe(lifecycle), attached)) {
      for (int i = 0; i < 20; i++) {
        TinyTraining.step(trainer, i);
      }
      assertTrue(watch.grown > 0);
      watch.lived.forEach(
          (path, all) ->
              assertArrayEquals(all, watch.session.state().visited().get(path).toBytes()));
      int lived = watch.lived.values().stream().mapToInt(RegrowthTest::sum).sum();
      assertEquals(lived / 706.0, watch.session.state().explored());
    }
    OptimizerState.release(watch.config.getOptimizer());
  }

  private static int sum(byte[] bits) {
    int sum = 0;
    for (byte bit : bits) {
      sum += bit;
    }
    return sum;
  }

  /** The masks that sorting the training's own weights and gradients gives (Evci et al. 2020). */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void riglFollowsTheTrainingsOwnGradients(boolean attached) {
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, OptimizerKind.SGD, recipe("rigl"), attached)) {
      for (int step = 0; step < 13; step++) {
        TinyTraining.backward(trainer, step);
        float[] w = TinyTraining.weights(model.getBlock()).get(HIDDEN);
        float[] g = TinyTraining.gradients(model.getBlock()).get(HIDDEN);
        Mask old = watch.session.state().masks().get(HIDDEN);
        trainer.step();
        if (step > 0 && step % 3 == 0) {
          int moving = (int) (0.15 * (1 + Math.cos(Math.PI * step / 24)) * 320);
          float[] sizes = new float[640];
          float[] slopes = new float[640];
          for (int i = 0; i < 640; i++) {
            sizes[i] = old.isKept(i) ? Math.abs(w[i]) : -1;
          }
          float least = sorted(sizes)[640 - (320 - moving)];
          byte[] expected = new byte[640];
          for (int i = 0; i < 640; i++) {
            expected[i] = (byte) (sizes[i] >= least ? 1 : 0);
            slopes[i] = sizes[i] >= least ? -1 : Math.abs(g[i]);
          }
          float steepest = sorted(slopes)[640 - moving];
          for (int i = 0; i < 640; i++) {
            expected[i] |= (byte) (slopes[i] >= steepest ? 1 : 0);
          }
          assertEquals(320, sum(expected)); // no ties, else the thresholds would not do
          assertArrayEquals(expected, watch.session.state().masks().get(HIDDEN).toBytes());
        }
      }
    }
  }

  private static float[] sorted(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Steps 0, 3 and 6 decide; the first is random, and no other step asks for gradients. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void denseGradientsAreReadAtUpdatesOnly(boolean attached) {
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT);
    try (NDManager manager = NDManager.newBaseManager();
        Batch batch = TinyTraining.batch(manager, 1);
        Model model = TinyTraining.model()) {
      EvidenceSetup evidence =
          new EvidenceSetup(Optional.of(List.of(Samples.copy(batch, manager))), List.of(collector));
      try (Trainer trainer =
          trainer(model, OptimizerKind.SGD, recipe("rigl"), attached, evidence)) {
        for (int i = 0; i < 9; i++) {
          TinyTraining.step(trainer, i);
          assertEquals(i / 3, collector.calls.size());
        }
      }
    }
    assertEquals(3, watch.decisions);
  }

  /** 4 of 9 weights of each kernel are 0 from the begin. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aLockedPatternStaysForAHundredStepsOfAdam(boolean attached) {
    String recipe = "{include: ['01*weight'], lifecycle: lock, schedule: {type: observe, end: 0}}";
    watch.kept = 20;
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, OptimizerKind.ADAM, recipe, attached)) {
      float[] first = TinyTraining.weights(model.getBlock()).get("01Conv2d_weight");
      for (int i = 0; i < 36; i++) {
        first[i] = i % 9 % 2 == 1 ? 0 : first[i];
      }
      try (NDManager manager = NDManager.newBaseManager();
          NDArray alias =
              model.getBlock().getParameters().get("01Conv2d_weight").getArray().stopGradient()) {
        alias.set(new NDIndex(":"), manager.create(first, alias.getShape()));
      }
      for (int step = 0; step < 100; step++) {
        TinyTraining.step(trainer, step);
        float[] now = TinyTraining.weights(model.getBlock()).get("01Conv2d_weight");
        assertEquals(20, TinyTraining.nonZeros(now));
        for (int i = 0; i < 36; i++) {
          assertTrue(first[i] != 0f || now[i] == 0f);
        }
      }
    }
    OptimizerState.release(watch.config.getOptimizer());
  }
}
