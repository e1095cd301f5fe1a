package org.espalier.hw.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  private static double macs(String name) {
    return Workloads.named(name).layers().stream().mapToDouble(l -> l.shape().denseMacs()).sum();
  }

  @Test
  void allCanBeRead() {
    assertEquals(Workloads.names().stream().sorted().toList(), Workloads.names());
    for (String name : Workloads.names()) {
      Workload workload = Workloads.named(name);
      assertEquals(name, workload.name());
      assertEquals(
          workload.layers().size(), workload.layers().stream().map(Layer::name).distinct().count());
    }
    assertThrows(InvalidInputException.class, () -> Workloads.named("../machine/edge-npu"));
  }

  /**
   * By hand. AlexNet: 96 55^2 363 + 256 27^2 48 25 + 384 13^2 256 9 + 384 13^2 192 9 + 256 13^2 192
   * 9, and 9216 4096 + 4096 4096 + 4096 1000. Eyeriss: 64 64 32^2 + 128 256 8^2 + 2 (256 256 8^2) +
   * 512 512 4^2. BERT: 4096 (4 768^2 + 2 768 3072).
   */
  @Test
  void sizesAreThoseOfTheNetworks() {
    assertEquals(
        105_415_200 + 223_948_800 + 149_520_384 + 112_140_288 + 74_760_192 + 58_621_952,
        macs("alexnet"));
    assertEquals(4_194_304 + 2_097_152 + 2 * 4_194_304 + 4_194_304, macs("eyeriss-v2-mobilenet"));
    assertEquals(4096.0 * 12 * 768 * 768, macs("bert-base"));
  }

  /** Howard et al. 2017, Table 4: 569 million multiply-adds. */
  @Test
  void mobileNetHasItsPublishedSize() {
    assertEquals(569e6, macs("mobilenet-v1"), 0.5e6);
  }

  /**
   * Each stage has 3, 4, 6, 3 blocks. With repetitions the network has 4.1 10^9 multiply-adds
   * (torchvision: 4.09).
   */
  @Test
  void residualNetworkHasItsPublishedSize() {
    int[] blocks = {3, 4, 6, 3};
    double total = 0;
    for (Layer layer : Workloads.named("resnet50").layers()) {
      int times = 1;
      if (layer.name().matches("conv\\d_[abc]")) {
        int stage = layer.name().charAt(4) - '0';
        times = blocks[stage - 2] - (layer.name().endsWith("c") ? 0 : 1);
      }
      // The first stage's later blocks have the 3x3 convolution of its first one.
      if (layer.name().equals("conv2_1b")) {
        times = 3;
      }
      total += times * layer.shape().denseMacs();
    }
    assertEquals(4.09e9, total, 0.005e9);
    assertFalse(Workloads.named("resnet50").layers().get(1).weights().isDense());
  }
}
