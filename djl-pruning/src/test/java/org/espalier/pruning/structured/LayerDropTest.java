package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.block.LayerDropBlock;
import org.espalier.pruning.structured.op.BertOp;
import org.espalier.pruning.structured.op.LayerDropOp;
import org.espalier.pruning.structured.op.LinearOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.SelectOp;
import org.espalier.pruning.structured.op.SequenceOp;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Layers that drop out in training, and networks without some of them. */
class LayerDropTest {

  private static final Shape INPUT = new Shape(2, 4, Transformers.WIDTH);
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Layer i adds 2^i, so that the sum tells which layers were there. */
  private static Block adding(int layers, float rate) {
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < layers; i++) {
      float power = 1 << i;
      Block layer = new LambdaBlock(list -> new NDList(list.head().add(power)));
      block.add(new LayerDropBlock(layer, rate));
    }
    return block;
  }

  private int present(Block block, boolean training) {
    NDList zero = new NDList(manager.zeros(new Shape(1)));
    return (int) Transformers.run(block, zero, training, manager).get(0)[0];
  }

  /**
   * 8 layers, 1000 passes, p = 0.2: each layer is there 800 times on average, with a standard
   * deviation of sqrt(1000 * 0.2 * 0.8) = 12.6; 5 of them are 63. Two layers are there together 640
   * times, deviation 15.2: they drop independently.
   */
  @Test
  void eachLayerDropsWithItsRate() {
    Engine.getInstance().setRandomSeed(5);
    Block block = adding(8, 0.2f);
    block.initialize(manager, DataType.FLOAT32, new Shape(1));
    int[] counts = new int[8];
    int together = 0;
    for (int pass = 0; pass < 1000; pass++) {
      int sum = present(block, true);
      for (int i = 0; i < 8; i++) {
        counts[i] += sum >> i & 1;
      }
      together += (sum & 3) == 3 ? 1 : 0;
      if (pass < 20) {
        assertEquals(255, present(block, false), "in inference nothing drops");
      }
    }
    for (int count : counts) {
      assertEquals(800, count, 63);
    }
    assertEquals(640, together, 76);
  }

  @Test
  void ratesAtTheEnds() {
    Block never = adding(3, 0);
    Block always = adding(3, 1);
    never.initialize(manager, DataType.FLOAT32, new Shape(1));
    always.initialize(manager, DataType.FLOAT32, new Shape(1));
    for (int i = 0; i < 20; i++) {
      assertEquals(7, present(never, true));
      assertEquals(0, present(always, true));
    }
    assertEquals(7, present(always, false));
    Block layer = Linear.builder().setUnits(1).build();
    assertThrows(InvalidInputException.class, () -> new LayerDropBlock(layer, 1.5f));
    assertThrows(InvalidInputException.class, () -> new LayerDropBlock(layer, Float.NaN));
  }

  /** The wrapped encoder has the names, the file and the outputs of the plain one. */
  @Test
  void aWrappedLayerIsThePlainOneInInference() throws Exception {
    Block plain = Transformers.encoder(3, 7);
    LayerDropBlock wrapped = new LayerDropBlock(Transformers.encoder(3, 7), 0.5f);
    plain.initialize(manager, DataType.FLOAT32, INPUT);
    wrapped.initialize(manager, DataType.FLOAT32, INPUT);
    assertEquals(plain.getParameters().keys(), wrapped.getParameters().keys());
    Transformers.fill(plain, 2, manager);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    plain.saveParameters(new DataOutputStream(file));
    wrapped.loadParameters(
        manager, new DataInputStream(new ByteArrayInputStream(file.toByteArray())));
    NDList data = new NDList(manager.randomNormal(INPUT));
    List<float[]> wanted = Transformers.run(plain, data, false, manager);
    assertEquals(
        0, Transformers.difference(wanted, Transformers.run(wrapped, data, false, manager)), 1e-6);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    wrapped.saveParameters(new DataOutputStream(again));
    assertArrayEquals(file.toByteArray(), again.toByteArray());
  }

  /** floor(1 / p*) = 2, 3, 5 of 6 layers; 1 / 0.4 = 2.5 gives 2. */
  @Test
  void everyOtherLayerGoes() {
    Op six = new SequenceOp(IntStream.range(0, 6).mapToObj(this::layer).toList());
    assertEquals(6, LayerSelection.count(six));
    assertEquals(List.of(2, 4, 6), gone(LayerSelection.everyOther(six, 0.5)));
    assertEquals(List.of(2, 4, 6), gone(LayerSelection.everyOther(six, 0.4)));
    assertEquals(List.of(3, 6), gone(LayerSelection.everyOther(six, 1 / 3.0)));
    assertEquals(List.of(5), gone(LayerSelection.everyOther(six, 0.2)));
    assertEquals(List.of(), gone(LayerSelection.everyOther(six, 0.1)));
    assertEquals(List.of(1, 6), gone(LayerSelection.without(six, 6, 1)));
    assertEquals(4, LayerSelection.count(LayerSelection.without(six, 6, 1)));
  }

  private Op layer(int index) {
    return new LayerDropOp(new LinearOp(index + 1, true), 0.2f);
  }

  private static List<Integer> gone(Op sequence) {
    List<Integer> gone = new ArrayList<>();
    List<Op> ops = ((SequenceOp) sequence).ops();
    for (int i = 0; i < ops.size(); i++) {
      if (ops.get(i).equals(new SelectOp(0))) {
        gone.add(i + 1);
      }
    }
    return gone;
  }

  @Test
  void refusals() {
    Op two = new SequenceOp(List.of(layer(0), layer(1)));
    assertThrows(InvalidInputException.class, () -> LayerSelection.everyOther(two, 0.6));
    assertThrows(InvalidInputException.class, () -> LayerSelection.everyOther(two, 0));
    assertThrows(InvalidInputException.class, () -> LayerSelection.without(two, 3));
    assertThrows(InvalidInputException.class, () -> LayerSelection.without(two, 1, 2));
    Op none = new SequenceOp(List.of(new LinearOp(1, true)));
    assertThrows(InvalidInputException.class, () -> LayerSelection.dropping(none, 0.1f));
  }

  /** From DJL's BERT to one that drops layers, and on to one of half the depth. */
  @Test
  void bertOfHalfTheDepth() throws Exception {
    Block bert = Transformers.bert(3, 4);
    Shape ids = new Shape(2, Transformers.POSITIONS);
    bert.initialize(manager, DataType.FLOAT32, ids, ids, ids);
    Transformers.fill(bert, 9, manager);
    StructuredNetwork network =
        StructuredNetwork.of(bert, Transformers.bertInputs(2), Hints.none());
    Op droppingOp = LayerSelection.dropping(network.op(), 0.5f);
    ObjectMapper json = new ObjectMapper();
    assertEquals(droppingOp, json.readValue(json.writeValueAsString(droppingOp), Op.class));
    Block dropping = network.rebuilt(droppingOp);
    assertEquals(bert.getParameters().keys(), dropping.getParameters().keys());
    NDList data = Transformers.bertData(2, 4, manager);
    List<float[]> wanted = Transformers.run(bert, data, false, manager);
    assertEquals(
        0, Transformers.difference(wanted, Transformers.run(dropping, data, false, manager)), 1e-6);

    StructuredNetwork trained =
        StructuredNetwork.of(dropping, Transformers.bertInputs(2), Hints.none());
    assertEquals(droppingOp, trained.op());
    assertEquals(network.op(), LayerSelection.always(trained.op()));
    Block half = trained.rebuilt(LayerSelection.everyOther(trained.op(), 0.5));
    // By hand: a network of two layers with the parameters of layers 1 and 3.
    BertOp four = (BertOp) network.op();
    BertOp two =
        new BertOp(
            four.token(),
            four.type(),
            four.positions(),
            four.norm(),
            four.dropout(),
            List.of(four.encoders().get(0), four.encoders().get(2)),
            four.pooling());
    Block shallow = two.block();
    shallow.initialize(manager, DataType.FLOAT32, ids, ids, ids);
    copyLayers(bert, shallow);
    assertEquals(
        0,
        Transformers.difference(
            Transformers.run(shallow, data, false, manager),
            Transformers.run(half, data, false, manager)),
        1e-6);
    assertEquals(
        shallow.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum(),
        StructuredNetwork.of(half, Transformers.bertInputs(2), Hints.none()).size().parameters());
    assertEquals(2, Transformers.run(dropping, data, true, manager).size());
    dropping.clear();
    half.clear();
  }

  /** What was never there in training keeps its weights; what is there sometimes learns. */
  @Test
  void trainsWithDjlsTrainer() {
    assertArrayEquals(new float[] {1, 1, 1, 1}, trained(1f));
    float[] some = trained(0.5f);
    assertTrue(some[0] != 1 && Float.isFinite(some[0]), () -> "" + some[0]);
  }

  /** Weights of a layer of ones after 12 steps. */
  private static float[] trained(float rate) {
    LayerDropBlock layer = new LayerDropBlock(Linear.builder().setUnits(2).build(), rate);
    Block block = new SequentialBlock().add(layer).add(Linear.builder().setUnits(2).build());
    block.setInitializer(Initializer.ONES, Parameter.Type.WEIGHT);
    Optimizer optimizer = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.01f)).build();
    DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(optimizer);
    Engine.getInstance().setRandomSeed(3);
    try (Model model = Model.newInstance("layer-drop")) {
      model.setBlock(block);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(3, 2));
        for (int step = 0; step < 12; step++) {
          try (NDManager scratch = trainer.getManager().newSubManager();
              GradientCollector collector = trainer.newGradientCollector()) {
            NDList data = new NDList(scratch.ones(new Shape(3, 2)).duplicate());
            NDList labels = new NDList(scratch.zeros(new Shape(3, 2)));
            collector.backward(trainer.getLoss().evaluate(labels, trainer.forward(data)));
          }
          trainer.step();
        }
        return layer.getParameters().get("weight").getArray().toFloatArray();
      }
    }
  }

  /** Children: 4 of the embedding, the layers, the pooling. */
  private void copyLayers(Block four, Block two) {
    int[] from = {0, 1, 2, 3, 4, 6, 8};
    for (int i = 0; i < from.length; i++) {
      Transformers.copy(
          four.getChildren().get(from[i]).getValue(), two.getChildren().get(i).getValue(), manager);
    }
    two.getDirectParameters()
        .get("positionEmbedding")
        .getArray()
        .set(four.getDirectParameters().get("positionEmbedding").getArray().toFloatArray());
  }
}
