package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import java.util.Optional;

/**
 * Updates weights as DJL's own server does and masks each right after its update, while it is still
 * in the cache.
 *
 * <p>DJL copies every gradient before it hands it to the optimizer, because it may have to go to
 * several devices. On one device the copy is left out: on a network whose weights outgrow the cache
 * that saves about what masking costs.
 *
 * @param inner what the trainer had
 * @param optimizer behind {@code inner}, if it is DJL's local server
 * @param session that edits gradients and masks weights; empty if its optimizer does that
 */
record SessionParameterServer(
    ParameterServer inner, Optional<Optimizer> optimizer, Optional<PruningSession> session)
    implements ParameterServer {

  @Override
  public void init(String parameterId, NDArray[] value) {
    inner.init(parameterId, value);
  }

  @Override
  public void update(String parameterId, NDArray[] gradients, NDArray[] mirrors) {
    if (session.isPresent() && session.get().holds()) {
      for (NDArray mirror : mirrors) {
        Mirrors.zeroGradient(mirror);
      }
      return;
    }
    session.ifPresent(s -> s.parameters().editGradient(parameterId, gradients));
    if (optimizer.isPresent() && mirrors.length == 1) {
      optimizer.get().update(parameterId, mirrors[0], gradients[0]);
    } else {
      inner.update(parameterId, gradients, mirrors);
    }
    if (session.isPresent()) {
      for (NDArray mirror : mirrors) {
        session.get().parameters().updated(parameterId, mirror);
      }
    }
  }

  @Override
  public void close() {
    inner.close();
  }
}
