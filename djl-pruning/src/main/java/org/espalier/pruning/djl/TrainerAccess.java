package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.ParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Optimizer;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;
import org.espalier.sparse.EspalierException;

/**
 * The one place that reaches into DJL: the private parameter store of a trainer. DJL shows a
 * listener nothing after {@code Trainer.step()} (checked on 0.35.1), so a listener that must act
 * there has to stand where the trainer reads its weights.
 */
final class TrainerAccess {

  private TrainerAccess() {}

  /**
   * Puts a store in the place of the trainer's own, with the same parameter server. Works only
   * before any parameter was read: in {@code onTrainingBegin}.
   *
   * @throws EspalierException if this DJL does not allow it, or another session stands there
   */
  static void replaceStore(Trainer trainer, SessionParameterStore store) {
    try {
      Field storeField = open(Trainer.class, "parameterStore");
      Object current = storeField.get(trainer);
      if (current instanceof SessionParameterStore) {
        throw new EspalierException(
            "training listeners",
            "one PruningListener per trainer",
            "two",
            "put both groups into one recipe");
      }
      ParameterServer server =
          (ParameterServer) open(ParameterStore.class, "parameterServer").get(current);
      store.takeOver(server, optimizer(trainer), trainer.getDevices());
      storeField.set(trainer, store);
    } catch (ReflectiveOperationException
        | InaccessibleObjectException
        | SecurityException
        | ClassCastException e) {
      throw new UnsupportedTrainerException(e);
    }
  }

  /** Returns the optimizer behind a trainer; empty if this DJL does not show it. */
  static Optional<Optimizer> optimizer(Trainer trainer) {
    try {
      Object store = open(Trainer.class, "parameterStore").get(trainer);
      Object server = open(ParameterStore.class, "parameterServer").get(store);
      if (server instanceof SessionParameterServer ours) {
        return ours.optimizer();
      }
      return server instanceof LocalParameterServer
          ? Optional.of((Optimizer) open(LocalParameterServer.class, "optimizer").get(server))
          : Optional.empty();
    } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the array of a parameter on a device, as the trainer's own store has it.
   *
   * @throws UnsupportedTrainerException if this DJL does not show it
   */
  static NDArray mirror(Trainer trainer, Parameter parameter, Device device) {
    try {
      ParameterStore store = (ParameterStore) open(Trainer.class, "parameterStore").get(trainer);
      return store.getValue(parameter, device, false);
    } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException e) {
      throw new UnsupportedTrainerException(e);
    }
  }

  private static Field open(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** This DJL version, or this JVM, does not let a listener see the optimizer step. */
  static final class UnsupportedTrainerException extends EspalierException {

    private static final long serialVersionUID = 1L;

    UnsupportedTrainerException(Exception cause) {
      super(
          "ai.djl.training.Trainer",
          "a private field 'parameterStore' as in DJL 0.35.1",
          cause.toString(),
          "use model.newTrainer(Pruning.attach(config, recipe)) instead of the listener",
          cause);
    }
  }
}
