package org.espalier.pruning.djl.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.Transformers;
import org.espalier.pruning.structured.op.Slice;
import org.junit.jupiter.api.Test;

/** DJL's BERT frees what its layers computed before the backward pass; statistics still have it. */
class BertActivationsTest {

  private static final int BATCH = 3;
  private static final float STEP = 1e-2f;

  @Test
  void taylorOfHiddenUnits() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block network =
          new SequentialBlock()
              .add(Transformers.bert(3, 2))
              .add(list -> new NDList(list.get(1)))
              .add(Linear.builder().setUnits(2).build());
      List<DataDesc> inputs = Transformers.bertInputs(BATCH);
      Shape[] shapes = inputs.stream().map(DataDesc::getShape).toArray(Shape[]::new);
      network.initialize(manager, DataType.FLOAT32, shapes);
      Transformers.fill(network, 6, manager);
      NDList labels = new NDList(manager.randomNormal(new Shape(BATCH, 2)));
      Sample sample = new Sample(Transformers.bertData(BATCH, 1, manager), labels);
      String layer = "01BertBlock_05transformer_0_03outputBlock_0";
      String path = layer + "1Linear_weight";
      float[] found =
          new ActivationStatistics()
              .collect(
                  new Probe(network, Loss.l2Loss(), List.of(sample), Map.of(), 0),
                  Set.of(Statistic.ACTIVATION_TAYLOR),
                  Set.of(path))
              .get(path)
              .get(Statistic.ACTIVATION_TAYLOR);
      // Central differences of a gate on the unit; the statistic is a mean over positions.
      double largest = 0;
      for (int unit = 0; unit < found.length; unit++) {
        Slice column = new Slice(layer + "3Linear_weight", 1, unit);
        double more = loss(network, sample, column, 1 + STEP, manager);
        double less = loss(network, sample, column, 1 - STEP, manager);
        double gradient = (more - less) / (2 * STEP);
        assertEquals(gradient, found[unit] * BATCH * Transformers.POSITIONS, 2e-3);
        largest = Math.max(largest, Math.abs(gradient));
      }
      assertTrue(largest > 0.05, "gates that make a difference");
    }
  }

  private static double loss(
      Block network, Sample sample, Slice slice, float gate, NDManager manager) {
    Transformers.scale(network, slice, gate, manager);
    float[] outputs = Transformers.run(network, sample.data(), false, manager).get(0);
    Transformers.scale(network, slice, 1 / gate, manager);
    float[] labels = sample.labels().head().toFloatArray();
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      sum += 0.5 * Math.pow(outputs[i] - labels[i], 2) / outputs.length;
    }
    return sum;
  }
}
