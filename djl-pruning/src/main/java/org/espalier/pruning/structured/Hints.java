package org.espalier.pruning.structured;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.structured.op.Join;
import org.espalier.pruning.structured.op.Op;

/**
 * What a user knows of blocks that hide what they compute. A hint is believed before anything is
 * probed; the described network must still compute what the original does, or it is refused.
 */
public final class Hints {

  private final Map<String, Op> ops;
  private final Map<String, Join> joins;

  private Hints(Map<String, Op> ops, Map<String, Join> joins) {
    this.ops = ops;
    this.joins = joins;
  }

  /** Nothing is known. */
  public static Hints none() {
    return new Hints(Map.of(), Map.of());
  }

  /**
   * Says what a block computes.
   *
   * @param path as DJL joins names of parameters: {@code 02LambdaBlock}, {@code
   *     01SequentialBlock_03LambdaBlock}
   * @param op that computes the same
   */
  public Hints with(String path, Op op) {
    Map<String, Op> more = new LinkedHashMap<>(ops);
    more.put(path, op);
    return new Hints(more, joins);
  }

  /**
   * Says how a parallel block joins its branches.
   *
   * @param path of the block
   * @param join of the branches
   */
  public Hints with(String path, Join join) {
    Map<String, Join> more = new LinkedHashMap<>(joins);
    more.put(path, join);
    return new Hints(ops, more);
  }

  Optional<Op> op(String path) {
    return Optional.ofNullable(ops.get(path));
  }

  Optional<Join> join(String path) {
    return Optional.ofNullable(joins.get(path));
  }
}
