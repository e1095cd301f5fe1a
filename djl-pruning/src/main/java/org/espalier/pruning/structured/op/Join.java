package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * How branches become one tensor again.
 *
 * @param kind what is done with them
 * @param axis of {@link Kind#CONCATENATE}, else 0
 * @param activation of the result, or null
 */
public record Join(Kind kind, int axis, ActivationOp activation) {

  /** What is done with the branches. */
  public enum Kind {
    /** Index by index, as in residual networks. */
    ADD,
    /** Index by index, as in gates. */
    MULTIPLY,
    /** Index by index, the larger. */
    MAXIMUM,
    /** One behind the other along an axis, as in inception blocks. */
    CONCATENATE
  }

  /** Joins the only tensors of all branches. */
  public NDList apply(List<NDList> branches) {
    NDArray result = branches.get(0).singletonOrThrow();
    if (kind == Kind.CONCATENATE) {
      NDList all = new NDList();
      branches.forEach(branch -> all.add(branch.singletonOrThrow()));
      result = NDArrays.concat(all, axis);
    } else {
      for (NDList branch : branches.subList(1, branches.size())) {
        result = pairwise(result, branch.singletonOrThrow());
      }
    }
    return new NDList(activation == null ? result : activation.apply(result));
  }

  private NDArray pairwise(NDArray one, NDArray other) {
    return switch (kind) {
      case ADD -> one.add(other);
      case MULTIPLY -> one.mul(other);
      case MAXIMUM -> NDArrays.maximum(one, other);
      case CONCATENATE -> throw new IllegalStateException("not pairwise");
    };
  }
}
