package org.espalier.experiments.structured;

import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.basicmodelzoo.cv.classification.AlexNet;
import ai.djl.basicmodelzoo.cv.classification.GoogLeNet;
import ai.djl.basicmodelzoo.cv.classification.LeNet;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.NiN;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.BertBlock;
import java.util.List;
import java.util.function.Supplier;

/**
 * A network of DJL's model zoo, with ten classes.
 *
 * @param name of it
 * @param inputs one example, with a batch of 1
 * @param block makes it
 */
record ZooNetwork(String name, List<DataDesc> inputs, Supplier<Block> block) {

  private static final Shape GRAY = new Shape(1, 1, 224, 224);
  private static final Shape COLOR = new Shape(1, 3, 224, 224);

  private static final int TOKENS = 10_000;
  private static final int POSITIONS = 128;
  private static final DataDesc TOKEN_IDS = new DataDesc(new Shape(1, POSITIONS), DataType.INT64);

  /** A network with one input. */
  ZooNetwork(String name, Shape input, Supplier<Block> block) {
    this(name, List.of(new DataDesc(input)), block);
  }

  /**
   * Every classifier of the zoo, in its usual size, a ResNet-18 of basic units, and DJL's smallest
   * BERT with a classifier.
   */
  static List<ZooNetwork> all() {
    return List.of(
        new ZooNetwork("mlp", new Shape(1, 784), () -> new Mlp(784, 10, new int[] {128, 64})),
        new ZooNetwork("lenet", new Shape(1, 1, 28, 28), () -> LeNet.builder().build()),
        new ZooNetwork("alexnet", GRAY, () -> AlexNet.builder().build()),
        new ZooNetwork("vgg-11", GRAY, () -> VGG.builder().build()),
        new ZooNetwork(
            "vgg-16",
            GRAY,
            () ->
                VGG.builder()
                    .setNumLayers(16)
                    .setConvArch(new int[][] {{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}})
                    .build()),
        new ZooNetwork("nin", GRAY, () -> NiN.builder().build()),
        resnet(20, new Shape(1, 3, 28, 28)),
        resnet(56, new Shape(1, 3, 28, 28)),
        resnet(164, new Shape(1, 3, 28, 28)),
        resnet(18, COLOR),
        resnet(34, COLOR),
        resnet(50, COLOR),
        resnet(101, COLOR),
        new ZooNetwork("resnet-18-basic", COLOR, BasicResNet::of18),
        new ZooNetwork("mobilenet-v1", COLOR, () -> MobileNetV1.builder().setOutSize(10).build()),
        new ZooNetwork("mobilenet-v2", COLOR, () -> MobileNetV2.builder().setOutSize(10).build()),
        new ZooNetwork("googlenet", GRAY, () -> GoogLeNet.builder().build()),
        new ZooNetwork("squeezenet", COLOR, () -> SqueezeNet.squeezenet(10)),
        new ZooNetwork(
            "bert-nano", List.of(TOKEN_IDS, TOKEN_IDS, TOKEN_IDS), ZooNetwork::bertClassifier));
  }

  /** Reads tokens, their types and a mask; classifies by the pooled first token. */
  private static Block bertClassifier() {
    return new SequentialBlock()
        .add(BertBlock.builder().nano().setTokenDictionarySize(TOKENS).build())
        .add(new LambdaBlock(list -> new NDList(list.get(1)), "pooled"))
        .add(Linear.builder().setUnits(10).build());
  }

  /** Returns the shapes of the inputs. */
  Shape[] shapes() {
    return inputs.stream().map(DataDesc::getShape).toArray(Shape[]::new);
  }

  private static ZooNetwork resnet(int layers, Shape input) {
    return new ZooNetwork(
        "resnet-" + layers,
        input,
        () ->
            ResNetV1.builder()
                .setNumLayers(layers)
                .setOutSize(10)
                .setImageShape(input.slice(1))
                .build());
  }
}
