package org.espalier.pruning.structured.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.espalier.pruning.structured.op.ActivationOp;
import org.espalier.pruning.structured.op.ExpandOp;
import org.espalier.pruning.structured.op.FlattenOp;
import org.espalier.pruning.structured.op.GlobalPoolOp;
import org.espalier.pruning.structured.op.IdentityOp;
import org.espalier.pruning.structured.op.Join;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.PoolOp;
import org.espalier.pruning.structured.op.SoftmaxOp;
import org.junit.jupiter.api.Test;

/** Functions without a telling name are recognized by what they compute. */
class LambdaProbeTest {

  private static final Shape IMAGES = new Shape(2, 3, 11, 8);

  private static Optional<Op> identified(Op op, Shape input) {
    Block nameless = new LambdaBlock(Lambdas.of(op.block()));
    return LambdaProbe.identify(nameless, List.of(input));
  }

  @Test
  void everyActivation() {
    for (ActivationOp.Kind kind : ActivationOp.Kind.values()) {
      float parameter = kind.parameterized() ? 0.25f : 0;
      Op found = identified(new ActivationOp(kind, parameter), new Shape(2, 9)).orElseThrow();
      ActivationOp activation = (ActivationOp) found;
      assertEquals(kind, activation.kind());
      assertEquals(parameter, activation.parameter(), 1e-6);
    }
  }

  @Test
  void formsAndMixtures() {
    List<Op> images =
        List.of(
            new IdentityOp(),
            new FlattenOp(),
            new SoftmaxOp(1, false),
            new SoftmaxOp(3, true),
            new GlobalPoolOp(PoolOp.Kind.AVERAGE, 2),
            new GlobalPoolOp(PoolOp.Kind.MAX, 2));
    images.forEach(op -> assertEquals(Optional.of(op), identified(op, IMAGES)));
    assertEquals(Optional.of(new ExpandOp(2)), identified(new ExpandOp(2), new Shape(2, 5)));
  }

  @Test
  void windows() {
    for (PoolOp.Kind kind : PoolOp.Kind.values()) {
      for (int kernel = 2; kernel <= 3; kernel++) {
        for (int stride = 1; stride <= 3; stride++) {
          for (boolean ceil : new boolean[] {false, true}) {
            PoolOp op = pool(kind, kernel, stride, kernel / 2, ceil, false);
            Op found = identified(op, IMAGES).orElseThrow();
            assertEquals(kind, ((PoolOp) found).kind());
            assertEquals(op.kernel(), ((PoolOp) found).kernel());
            assertEquals(op.padding(), ((PoolOp) found).padding());
          }
        }
      }
    }
  }

  @Test
  void windowsOfUnequalSides() {
    Shape kernel = new Shape(3, 1);
    Block block = Pool.maxPool2dBlock(kernel, new Shape(2, 1), new Shape(1, 0), true);
    PoolOp found = (PoolOp) LambdaProbe.identify(block, List.of(IMAGES)).orElseThrow();
    assertEquals(kernel, found.kernel());
    assertEquals(new Shape(2, 1), found.stride());
  }

  @Test
  void windowsOfOneAndThreeAxes() {
    PoolOp one = new PoolOp(PoolOp.Kind.MAX, new Shape(3), new Shape(2), new Shape(1), false, true);
    assertEquals(Optional.of(one), identified(one, new Shape(1, 2, 9)));
    Shape cube = new Shape(2, 2, 2);
    PoolOp three = new PoolOp(PoolOp.Kind.AVERAGE, cube, cube, new Shape(0, 0, 0), false, true);
    assertEquals(Optional.of(three), identified(three, new Shape(1, 2, 6, 6, 6)));
  }

  private static PoolOp pool(
      PoolOp.Kind kind, int kernel, int stride, int padding, boolean ceil, boolean count) {
    return new PoolOp(
        kind,
        new Shape(kernel, kernel),
        new Shape(stride, stride),
        new Shape(padding, padding),
        ceil,
        count);
  }

  @Test
  void whatIsUnknownStaysUnknown() {
    List<Block> blocks =
        List.of(
            LambdaBlock.singleton(NDArray::sin),
            LambdaBlock.singleton(array -> Activation.relu(array).mul(1.01)),
            LambdaBlock.singleton(array -> array.flip(1)),
            LambdaBlock.singleton(array -> array.reshape(1)),
            new LambdaBlock(list -> new NDList(list.get(0), list.get(0))));
    blocks.forEach(block -> assertTrue(LambdaProbe.identify(block, List.of(IMAGES)).isEmpty()));
  }

  private static Optional<Join> join(BinaryOperator<NDArray> function) {
    Block block =
        new ParallelBlock(
            list ->
                new NDList(
                    function.apply(list.get(0).singletonOrThrow(), list.get(1).singletonOrThrow())),
            Arrays.asList(new LambdaBlock(x -> x), new LambdaBlock(x -> x)));
    return JoinProbe.identify(block, List.of(IMAGES, IMAGES));
  }

  @Test
  void joins() {
    ActivationOp relu = ActivationOp.of(ActivationOp.Kind.RELU);
    assertEquals(Optional.of(new Join(Join.Kind.ADD, 0, null)), join(NDArray::add));
    assertEquals(
        Optional.of(new Join(Join.Kind.ADD, 0, relu)), join((a, b) -> Activation.relu(a.add(b))));
    assertEquals(Optional.of(new Join(Join.Kind.MULTIPLY, 0, null)), join(NDArray::mul));
    assertEquals(Optional.of(new Join(Join.Kind.MAXIMUM, 0, null)), join(NDArrays::maximum));
    assertEquals(
        Optional.of(new Join(Join.Kind.CONCATENATE, 1, null)), join((a, b) -> a.concat(b, 1)));
    assertEquals(
        Optional.of(new Join(Join.Kind.CONCATENATE, 3, relu)),
        join((a, b) -> Activation.relu(a.concat(b, 3))));
    assertEquals(Optional.empty(), join(NDArray::sub));
    assertEquals(Optional.empty(), join((a, b) -> a.concat(b.flip(1), 1)));
    assertEquals(Optional.empty(), join((a, b) -> b.concat(a, 1)));
  }
}
