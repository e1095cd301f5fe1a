package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.pruning.djl.evidence.Examiner;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.evidence.SampleExaminer;
import org.espalier.pruning.djl.evidence.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

  /** Decisions at steps 0 (which prunes nothing), 3, 6 and 9. */
  private static final Recipe RECIPE =
      Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 9, 3)));

  private NDManager manager;
  private List<Sample> samples;

  @BeforeEach
  void makeSamples() {
    manager = NDManager.newBaseManager();
    samples = new ArrayList<>();
    for (int seed = 100; seed < 105; seed++) {
      try (Batch batch = TinyTraining.batch(manager, seed)) {
        samples.add(Samples.copy(batch, manager));
      }
    }
  }

  @AfterEach
  void freeSamples() {
    manager.close();
  }

  /** Dropout and batch norm: what an examination could disturb. */
  private static Model model() {
    Model model = Model.newInstance("ledger");
    model.setBlock(
        new SequentialBlock()
            .add(TinyTraining.network())
            .add(Dropout.builder().optRate(0.4f).build())
            .add(Linear.builder().setUnits(TinyTraining.CLASSES).build()));
    return model;
  }

  private static TrainingConfig config(boolean attached, LedgerKeeper keeper, TrainingHooks next) {
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.ADAM);
    config.addEvaluator(new Accuracy());
    config.addTrainingListeners(new EvaluatorTrainingListener());
    TrainingHooks hooks = keeper.andThen(next);
    return TinyTraining.config(config, RECIPE, attached, EvidenceSetup.FROM_TRAINING, hooks);
  }

  private static void train(Model model, TrainingConfig config, Metrics metrics) throws Exception {
    Engine.getInstance().setRandomSeed(11);
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.setMetrics(metrics);
      trainer.initialize(TinyTraining.inputShape());
      EasyTrain.fit(trainer, 3, TinyTraining.dataset(() -> {}), TinyTraining.dataset(() -> {}));
    }
  }

  /** Measures with a predictor of DJL's, and counts on the host. */
  private double accuracy(Model model) {
    int right = 0;
    int all = 0;
    try (Predictor<NDList, NDList> predictor =
        model.newPredictor(new NoopTranslator((Batchifier) null))) {
      for (Sample sample : samples) {
        NDList predictions = predictor.predict(new NDList(sample.data().head().duplicate()));
        float[] logits = predictions.head().toFloatArray();
        float[] labels = sample.labels().head().toFloatArray();
        for (int i = 0; i < labels.length; i++) {
          int best = 0;
          for (int c = 1; c < TinyTraining.CLASSES; c++) {
            if (logits[i * TinyTraining.CLASSES + c] > logits[i * TinyTraining.CLASSES + best]) {
              best = c;
            }
          }
          right += best == labels[i] ? 1 : 0;
          all++;
        }
      }
    } catch (TranslateException e) {
      throw new IllegalStateException(e);
    }
    return (double) right / all;
  }

  /** What a person with a predictor would write down at each decision. */
  private final class Oracle implements TrainingHooks {

    private final List<List<Double>> rows = new ArrayList<>();

    @Override
    public void beforeDecision(PruningSession session) {
      rows.add(
          new ArrayList<>(
              List.of(
                  (double) session.state().time().step(),
                  session.sparsity(),
                  accuracy(session.trainer().getModel()))));
    }

    @Override
    public void afterDecision(PruningSession session) {
      rows.get(rows.size() - 1)
          .addAll(List.of(session.sparsity(), accuracy(session.trainer().getModel())));
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void entriesAreWhatAPredictorSays(boolean attached) throws Exception {
    LedgerKeeper keeper = new LedgerKeeper(new SampleExaminer(samples));
    Oracle oracle = new Oracle();
    double last;
    try (Model model = model()) {
      train(model, config(attached, keeper, oracle), new Metrics());
      last = accuracy(model);
    }
    assertEquals(4, oracle.rows.size());
    List<Recovery> entries = keeper.entries();
    assertEquals(3, entries.size());
    for (int i = 0; i < 3; i++) {
      Recovery entry = entries.get(i);
      List<Double> row = oracle.rows.get(i + 1);
      assertEquals(row.get(0), entry.step());
      assertEquals(row.get(1), entry.sparsityBefore());
      assertEquals(row.get(2), entry.before().accuracy(), 1e-6);
      assertEquals(row.get(3), entry.sparsityAfter());
      assertEquals(row.get(4), entry.after().accuracy(), 1e-6);
      double recovered = i < 2 ? oracle.rows.get(i + 2).get(2) : last;
      assertEquals(recovered, entry.recovered().accuracy(), 1e-6);
    }
    // Epochs of five steps; the last recovery ends with the training.
    assertEquals(List.of(1L, 2L, 2L), entries.stream().map(Recovery::epoch).toList());
    assertEquals(List.of(6L, 9L, 15L), entries.stream().map(Recovery::recoveredStep).toList());
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aLedgerChangesNoBitAndNoMetric(boolean attached) throws Exception {
    List<Map<String, float[]>> weights = new ArrayList<>();
    List<Map<String, List<Double>>> metrics = new ArrayList<>();
    LedgerKeeper keeper = new LedgerKeeper(new SampleExaminer(samples));
    LedgerKeeper idle = new LedgerKeeper(trainer -> new Quality(0.5));
    for (LedgerKeeper each : List.of(keeper, idle)) {
      Metrics recorded = new Metrics();
      try (Model model = model()) {
        train(model, config(attached, each, new TrainingHooks() {}), recorded);
        weights.add(TinyTraining.parameters(model.getBlock()));
      }
      metrics.add(evaluations(recorded));
    }
    assertEquals(3, keeper.entries().size());
    assertEquals(metrics.get(1), metrics.get(0));
    weights
        .get(1)
        .forEach((path, values) -> assertArrayEquals(values, weights.get(0).get(path), path));
  }

  private static Map<String, List<Double>> evaluations(Metrics metrics) {
    Map<String, List<Double>> values = new TreeMap<>();
    for (String name : metrics.getMetricNames()) {
      if (name.startsWith("train_") || name.startsWith("validate_")) {
        values.put(name, metrics.getMetric(name).stream().map(m -> m.getValue()).toList());
      }
    }
    return values;
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void examinationsLeaveNoArrayBehind(boolean attached) {
    // Three hundredths of thirty weights at least, at every decision but the first.
    Recipe recipe =
        Recipe.of(new Curve(Curve.Shape.LINEAR, 0, 0.9, new Timing(Timing.Unit.STEP, 0, 90, 3)));
    LedgerKeeper keeper = new LedgerKeeper(new SampleExaminer(samples));
    TrainingConfig config =
        TinyTraining.config(
            TinyTraining.config(OptimizerKind.SGD),
            recipe,
            attached,
            EvidenceSetup.FROM_TRAINING,
            keeper);
    try (Model model = model();
        Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(TinyTraining.inputShape());
      for (int step = 0; step < 7; step++) {
        TinyTraining.step(trainer, step);
      }
      int modelArrays = model.getNDManager().getManagedArrays().size();
      int trainerArrays = trainer.getManager().getManagedArrays().size();
      int sampleArrays = manager.getManagedArrays().size();
      for (int step = 7; step < 100; step++) {
        TinyTraining.step(trainer, step);
      }
      assertEquals(30, keeper.entries().size());
      assertEquals(modelArrays, model.getNDManager().getManagedArrays().size());
      assertEquals(trainerArrays, trainer.getManager().getManagedArrays().size());
      assertEquals(sampleArrays, manager.getManagedArrays().size());
    }
  }

  /** Every second change, and a listener that serves two trainers. */
  @Test
  void theListenerHasTheLedgerOfItsLatestTrainer() throws Exception {
    List<Trainer> examined = new ArrayList<>();
    Examiner examiner =
        trainer -> {
          examined.add(trainer);
          return new Quality(1.0 / examined.size());
        };
    PruningListener listener = new PruningListener(RECIPE);
    assertEquals(List.of(), listener.ledger());
    listener.withLedger(examiner, 2);
    assertEquals(List.of(), listener.ledger());
    for (int round = 0; round < 2; round++) {
      examined.clear();
      DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
      config.addTrainingListeners(listener);
      try (Model model = model();
          Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        EasyTrain.fit(trainer, 2, TinyTraining.dataset(() -> {}), null);
        assertNull(listener.ledger().get(1).recovered());
      }
      List<Recovery> ledger = listener.ledger();
      assertEquals(List.of(3L, 9L), ledger.stream().map(Recovery::step).toList());
      // 0: in vain, nothing changed. 3: before, after. 6: recovered. 9: before, after. End.
      assertEquals(7, examined.size());
      assertEquals(new Quality(1.0 / 4), ledger.get(0).recovered());
      assertEquals(new Quality(1.0 / 7), ledger.get(1).recovered());
    }
  }

  @Test
  void entriesAreCounted() {
    assertThrows(
        RuntimeException.class, () -> new PruningListener(RECIPE).withLedger(t -> null, 0));
    assertEquals(List.of(), new LedgerKeeper(t -> null).entries());
    assertEquals(PruningState.EMPTY, new PruningListener(RECIPE).state());
  }
}
