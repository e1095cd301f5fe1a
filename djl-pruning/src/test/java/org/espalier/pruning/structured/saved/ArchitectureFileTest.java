package org.espalier.pruning.structured.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.structured.Input;
import org.espalier.pruning.structured.op.ActivationOp;
import org.espalier.pruning.structured.op.BatchNormOp;
import org.espalier.pruning.structured.op.ConvolutionOp;
import org.espalier.pruning.structured.op.DropoutOp;
import org.espalier.pruning.structured.op.ExpandOp;
import org.espalier.pruning.structured.op.FlattenOp;
import org.espalier.pruning.structured.op.GlobalPoolOp;
import org.espalier.pruning.structured.op.IdentityOp;
import org.espalier.pruning.structured.op.Join;
import org.espalier.pruning.structured.op.LayerNormOp;
import org.espalier.pruning.structured.op.LinearOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.ParallelOp;
import org.espalier.pruning.structured.op.PoolOp;
import org.espalier.pruning.structured.op.RecurrentOp;
import org.espalier.pruning.structured.op.SequenceOp;
import org.espalier.pruning.structured.op.SoftmaxOp;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureFileTest {

  private static final Shape TWO = new Shape(2, 2);

  @TempDir Path folder;

  /** One of each kind. */
  private static Op everything() {
    Shape none = new Shape(0, 0);
    return new SequenceOp(
        List.of(
            new ConvolutionOp(6, TWO, TWO, none, TWO, 3, false),
            new BatchNormOp(1, 2e-5f, 0.8f, true, false, 16),
            new LayerNormOp(List.of(1, 2), 1e-4f, false, true),
            new RecurrentOp(
                RecurrentOp.Cell.GRU, 5, 2, false, true, 0.25f, RecurrentOp.Direction.BOTH),
            new ActivationOp(ActivationOp.Kind.SWISH, 1.5f),
            new SoftmaxOp(-1, true),
            new PoolOp(PoolOp.Kind.AVERAGE, TWO, TWO, none, true, false),
            new GlobalPoolOp(PoolOp.Kind.MAX, 2),
            new ExpandOp(2),
            new DropoutOp(0.5f),
            new ParallelOp(
                List.of(new IdentityOp(), new FlattenOp()),
                new Join(Join.Kind.ADD, 0, ActivationOp.of(ActivationOp.Kind.RELU))),
            new ParallelOp(
                List.of(new LinearOp(3, true)), new Join(Join.Kind.CONCATENATE, 1, null))));
  }

  @Test
  void everyOpIsReadAsItWasWritten() throws IOException {
    Architecture written =
        new Architecture(
            List.of(Input.of(new Shape(1, 6, 8, 8)), new Input(new Shape(1, 7), DataType.INT64)),
            everything());
    Path file = folder.resolve("architecture.json");
    ArchitectureFile.write(file, written);
    assertEquals(written, ArchitectureFile.read(file));
    // Numbers are nothing but their shape, as before there were types.
    assertTrue(Files.readString(file).contains("\"inputs\" : [ [ 1, 6, 8, 8 ], {"));
  }

  @Test
  void whatIsNoArchitectureIsRefusedWithItsFile() throws IOException {
    String linear = "{\"op\":\"linear\",\"units\":4,\"bias\":true}";
    List<String> texts =
        List.of(
            "",
            "{}",
            "{\"inputs\":[],\"network\":" + linear + "}",
            "{\"inputs\":[[1,2]]}",
            "{\"inputs\":[{\"shape\":[1,2]}],\"network\":" + linear + "}",
            "{\"inputs\":[{\"shape\":[1,2],\"type\":\"WORD\"}],\"network\":" + linear + "}",
            "{\"inputs\":[7],\"network\":" + linear + "}",
            "{\"inputs\":[[1,2]],\"network\":{\"op\":\"no such\"}}",
            "{\"inputs\":[[1,2]],\"network\":{\"op\":\"linear\",\"units\":4,\"more\":1}}",
            "{\"inputs\":[[1,2]],\"network\":" + linear + "} and more",
            "{\"inputs\":[[1,2]],\"network\":{\"op\":\"linear\",\"units\":0,\"bias\":true}}",
            "{\"inputs\":[[1,2]],\"network\":{\"op\":\"sequence\",\"ops\":null}}",
            "{\"inputs\":[[1,2]],\"network\":{\"op\":\"sequence\",\"ops\":[null]}}");
    for (String text : texts) {
      Path file = folder.resolve("bad.json");
      Files.writeString(file, text);
      InvalidInputException refused =
          assertThrows(InvalidInputException.class, () -> ArchitectureFile.read(file), text);
      assertTrue(refused.getMessage().contains("bad.json"), refused.getMessage());
    }
  }

  private static void save(Path folder, String name) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Op op = new LinearOp(3, true);
      Block block = op.block();
      block.initialize(manager, DataType.FLOAT32, TWO);
      SavedNetwork.write(folder, name, new Architecture(List.of(Input.of(TWO)), op), block);
    }
  }

  @Test
  void foldersAreNotOverwritten() throws IOException {
    Path target = folder.resolve("saved");
    save(target, "one");
    assertTrue(Files.exists(target.resolve("one-0000.params")));
    assertThrows(InvalidInputException.class, () -> save(target, "two"));
    assertFalse(Files.exists(target.resolve("two-0000.params")));
    assertThrows(InvalidInputException.class, () -> save(folder.resolve("other"), "a/b"));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(target), left.toList());
    }
  }
}
