package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {

  private static final ImageData DATA = DigitGenerator.data(25, 10, 4);

  private static List<Long> order(ImageDataset dataset) {
    List<Long> order = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Batch batch : dataset.getData(manager)) {
        try (batch) {
          batch.getIndices().forEach(index -> order.add((Long) index));
        }
      }
    }
    return order;
  }

  @Test
  void deliversEachImageWithItsLabel() {
    float[] expected = DATA.train().normalized(DATA.normalization(), 0, 25);
    try (ImageDataset dataset = DATA.trainBatches(8, 1);
        NDManager manager = NDManager.newBaseManager()) {
      for (Batch batch : dataset.getData(manager)) {
        NDArray images = batch.getData().singletonOrThrow();
        NDArray labels = batch.getLabels().singletonOrThrow();
        assertEquals(new Shape(batch.getSize(), 1, 28, 28), images.getShape());
        assertEquals(DataType.FLOAT32, images.getDataType());
        assertEquals(new Shape(batch.getSize()), labels.getShape());
        float[] found = images.toFloatArray();
        for (int i = 0; i < batch.getSize(); i++) {
          int index = ((Long) batch.getIndices().get(i)).intValue();
          assertEquals(DATA.train().labels()[index], labels.getLong(i));
          assertArrayEquals(
              Arrays.copyOfRange(expected, index * 784, (index + 1) * 784),
              Arrays.copyOfRange(found, i * 784, (i + 1) * 784));
        }
        batch.close();
      }
    }
  }

  @Test
  void keepsTheLastSmallerBatchAndReportsProgress() {
    try (ImageDataset dataset = DATA.trainBatches(8, 1);
        NDManager manager = NDManager.newBaseManager()) {
      List<Integer> sizes = new ArrayList<>();
      List<Long> progress = new ArrayList<>();
      for (Batch batch : dataset.getData(manager)) {
        try (batch) {
          sizes.add(batch.getSize());
          progress.add(batch.getProgress());
          assertEquals(25, batch.getProgressTotal());
        }
      }
      assertEquals(List.of(8, 8, 8, 1), sizes);
      assertEquals(List.of(8L, 16L, 24L, 25L), progress);
      assertEquals(4, dataset.batchesPerEpoch());
      assertEquals(25, dataset.size());
    }
  }

  @Test
  void onlyTheSeedAndTheEpochDecideTheOrder() {
    try (ImageDataset dataset = DATA.trainBatches(8, 1);
        ImageDataset same = DATA.trainBatches(5, 1);
        ImageDataset other = DATA.trainBatches(8, 2)) {
      List<Long> first = order(dataset);
      List<Long> second = order(dataset);
      Engine.getInstance().setRandomSeed(99);
      assertEquals(first, order(same));
      assertEquals(second, order(same));
      assertNotEquals(first, second);
      List<Long> firstOfOther = order(other);
      assertNotEquals(first, firstOfOther);
      // Neighboring seeds must not be the same stream one epoch apart.
      assertNotEquals(second, firstOfOther);
      List<Long> all = IntStream.range(0, 25).mapToObj(i -> (long) i).toList();
      assertEquals(all, first.stream().sorted().toList());
      same.seekEpoch(0);
      assertEquals(first, order(same));
    }
  }

  @Test
  void testImagesKeepTheirOrder() {
    try (ImageDataset dataset = DATA.testBatches(4)) {
      List<Long> all = IntStream.range(0, 10).mapToObj(i -> (long) i).toList();
      assertEquals(all, order(dataset));
      assertEquals(all, order(dataset));
    }
  }

  @Test
  void iteratingLeavesNoArraysBehind() {
    try (ImageDataset dataset = DATA.trainBatches(8, 1);
        NDManager manager = NDManager.newBaseManager()) {
      NDManager system = Engine.getInstance().newBaseManager().getParentManager();
      int systemBefore = system.getManagedArrays().size();
      for (Batch batch : dataset.getData(manager)) {
        assertEquals(2, manager.getManagedArrays().size());
        batch.close();
        assertEquals(0, manager.getManagedArrays().size());
      }
      assertEquals(systemBefore, system.getManagedArrays().size());
    }
  }

  @Test
  void anOpenBatchOutlivesItsDataset() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ImageDataset dataset = DATA.testBatches(10);
      Batch batch = dataset.getData(manager).iterator().next();
      dataset.close();
      assertArrayEquals(
          DATA.test().normalized(DATA.normalization(), 0, 10),
          batch.getData().head().toFloatArray());
      assertFalse(batch.getLabels().isEmpty());
    }
  }

  @Test
  void refusesEmptyBatches() {
    assertThrows(IllegalArgumentException.class, () -> DATA.trainBatches(0, 1));
    try (ImageDataset dataset = DATA.testBatches(4)) {
      assertThrows(IllegalArgumentException.class, () -> dataset.seekEpoch(-1));
    }
  }
}
