package org.espalier.hw.machine;

import java.util.Optional;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.Slice;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Tiled;
import org.espalier.sparse.pattern.Unstructured;

/**
 * Whether hardware for N:M can use the zeros of a layer.
 *
 * @param keep N, non-zeros that a group may have
 * @param group M, consecutive weights along the inputs
 */
record GroupRule(int keep, int group) {

  /** Returns why the zeros are of no use, to follow a colon; empty if they are of use. */
  Optional<String> refusal(Layer layer) {
    SparsityPattern pattern = layer.pattern();
    if (!(pattern instanceof NofM declared)) {
      return Optional.of(unusable(pattern));
    }
    if (!coveredBy(declared)) {
      return Optional.of(
          "it takes at most %d non-zeros in each %d weights, which %s does not promise"
              .formatted(keep, group, declared.text()));
    }
    boolean tooMany = layer.weights().density() > (double) keep / group;
    if (tooMany || layer.weights() instanceof Actual actual && !holds(actual)) {
      return Optional.of(
          "these weights have groups of %d with more than %d non-zeros".formatted(group, keep));
    }
    return Optional.empty();
  }

  private String unusable(SparsityPattern pattern) {
    String takes = "it takes %d:%d along the inputs".formatted(keep, group);
    if (pattern instanceof Unstructured) {
      return takes + ", and unstructured zeros lie anywhere";
    }
    if (pattern instanceof Slice) {
      return takes
          + "; zero slices pay when they are removed from the model, which is then smaller";
    }
    if (pattern instanceof Tiled) {
      return takes + ", and has no kernel for the blocks of " + pattern.text();
    }
    return takes + ", and has no kernel for " + pattern.text();
  }

  /** Returns whether every mask of the other pattern is one of this rule. */
  boolean coveredBy(NofM other) {
    if (group % other.group() == 0) {
      return other.keep() * (group / other.group()) <= keep;
    }
    return other.group() % group == 0 && other.keep() <= keep;
  }

  private boolean holds(Actual actual) {
    Mask mask = actual.mask();
    boolean asTensor = mask.shape().length >= 2 && mask.shape()[0] == actual.rows();
    Mask view =
        asTensor ? mask : Mask.ofWords(new int[] {actual.rows(), actual.columns()}, mask.toWords());
    return new NofM(keep, group).satisfiedBy(view);
  }
}
