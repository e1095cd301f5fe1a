package org.espalier.benchmarks;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision over the 25.5 million weights of ResNet-50's convolutions and classifier. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class MaskDecision {

  /** Blocks and width of the four stages (He, Zhang, Ren, Sun, CVPR 2016, table 1). */
  private static final int[][] STAGES = {{3, 64}, {4, 128}, {6, 256}, {3, 512}};

  /** How the sparsity is spread. */
  @Param({"global", "uniform"})
  public String allocation;

  private Binding binding;
  private final Map<String, WeightTensor> weights = new HashMap<>();

  /** Draws normal weights, scaled as He et al. 2015 initialize them. */
  @Setup
  public void draw() {
    List<TensorInfo> tensors = resnet50();
    SplittableRandom random = new SplittableRandom(1);
    for (TensorInfo tensor : tensors) {
      float[] values = new float[tensor.elements()];
      double scale = Math.sqrt(2.0 * tensor.shape()[0] / values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (scale * random.nextGaussian());
      }
      weights.put(tensor.name(), WeightTensor.of(tensor.name(), tensor.shape(), values));
    }
    ConfigNode name = new ConfigNode("benchmark", new TextNode(allocation));
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.9, Timing.Unit.STEP, 0))
                .optAllocation(Allocations.REGISTRY.read(name))
                .build());
    binding = Binding.of(recipe, tensors);
  }

  /** Weights in host memory to masks. */
  @Benchmark
  public PruningState decide() {
    return Pruner.next(binding, PruningState.EMPTY, (info, masks) -> weights.get(info.name()));
  }

  private static List<TensorInfo> resnet50() {
    List<TensorInfo> tensors = new ArrayList<>();
    add(tensors, 64, 3, 7);
    int inputs = 64;
    for (int[] stage : STAGES) {
      int width = stage[1];
      for (int block = 0; block < stage[0]; block++) {
        add(tensors, width, inputs, 1);
        add(tensors, width, width, 3);
        add(tensors, 4 * width, width, 1);
        if (block == 0) {
          add(tensors, 4 * width, inputs, 1);
        }
        inputs = 4 * width;
      }
    }
    tensors.add(new TensorInfo("fc", new int[] {1000, 2048}, true));
    return tensors;
  }

  private static void add(List<TensorInfo> tensors, int filters, int inputs, int kernel) {
    String name = "%02d".formatted(tensors.size());
    tensors.add(new TensorInfo(name, new int[] {filters, inputs, kernel, kernel}, true));
  }
}
