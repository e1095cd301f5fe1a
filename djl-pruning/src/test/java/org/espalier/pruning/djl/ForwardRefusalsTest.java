package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.optimizer.Optimizer;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings in which forward rules cannot work, and groups that have none. */
class ForwardRefusalsTest {

  private static final Recipe GATES = ForwardRuns.learned("gate");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void frozenWeights(boolean attached) {
    Recipe recipe =
        Recipe.parse(
            "{include: ['*weight'], lifecycle: follow, schedule: {type: observe}, forward: gate}");
    try (Model model = TinyTraining.model()) {
      model
          .getBlock()
          .initialize(model.getNDManager(), DataType.FLOAT32, TinyTraining.inputShape());
      model.getBlock().getParameters().get("05Linear_weight").freeze(true);
      try (Trainer trainer =
          model.newTrainer(TinyTraining.config(OptimizerKind.SGD, recipe, attached))) {
        InvalidInputException error =
            assertThrows(
                InvalidInputException.class, () -> trainer.initialize(TinyTraining.inputShape()));
        assertEquals("forward rule 'gate' for 05Linear_weight", error.place());
        assertEquals("a frozen one", error.found());
      }
    }
  }

  /** Neither several devices nor a hidden optimizer; nothing has begun then. */
  @Test
  void whatTheTrainingCannotGive() {
    try (Model model = TinyTraining.model();
        ForwardWeights forward = new ForwardWeights(model.getNDManager())) {
      model
          .getBlock()
          .initialize(model.getNDManager(), DataType.FLOAT32, TinyTraining.inputShape());
      NetworkParameters network = new NetworkParameters(model.getBlock());
      Binding binding = Binding.of(GATES, network.infos());
      Optional<Optimizer> optimizer = Optional.of(OptimizerKind.SGD.create());
      InvalidInputException devices =
          assertThrows(
              InvalidInputException.class,
              () -> forward.bind(binding, network.byPath(), optimizer, 2));
      assertEquals("2 devices", devices.found());
      InvalidInputException hidden =
          assertThrows(
              InvalidInputException.class,
              () -> forward.bind(binding, network.byPath(), Optional.empty(), 1));
      assertEquals("forward", hidden.place());
      assertTrue(forward.isEmpty());
      forward.bind(binding, network.byPath(), optimizer, 1);
      assertEquals(3, forward.paths().size());
    }
  }

  /** Somebody puts DJL's own store back: layers would train without the rule. */
  @Test
  void layersThatReadElsewhere() throws ReflectiveOperationException {
    TrainingConfig config = TinyTraining.config(OptimizerKind.SGD, GATES, true);
    Field store = Trainer.class.getDeclaredField("parameterStore");
    store.setAccessible(true);
    try (Model plain = TinyTraining.model();
        Trainer other = plain.newTrainer(TinyTraining.config(OptimizerKind.SGD));
        Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config)) {
      Object sessions = store.get(trainer);
      trainer.initialize(TinyTraining.inputShape());
      Object djls = store.get(other);
      ((ParameterStore) djls)
          .setParameterServer(
              new LocalParameterServer(config.getOptimizer()), trainer.getDevices());
      store.set(trainer, djls);
      TinyTraining.step(trainer, 0);
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> TinyTraining.step(trainer, 1));
      assertTrue(error.found().startsWith("none of"), error.getMessage());
      store.set(trainer, sessions);
    }
  }

  /** Where no group has a rule, layers get the parameter itself. */
  @Test
  void storedWeightsPassUntouched() throws ReflectiveOperationException {
    Field field = Trainer.class.getDeclaredField("parameterStore");
    field.setAccessible(true);
    try (ForwardRuns run = new ForwardRuns(OptimizerKind.SGD, Recipe.oneShot(0.5), false)) {
      ParameterStore store = (ParameterStore) field.get(run.trainer);
      run.steps(2);
      for (boolean training : List.of(true, false)) {
        for (Parameter parameter : run.model.getBlock().getParameters().values()) {
          assertSame(parameter.getArray(), store.getValue(parameter, Device.cpu(), training));
        }
      }
      assertTrue(run.session().forward().isEmpty());
      assertEquals(0, run.session().forward().arrays().size());
    }
  }
}
