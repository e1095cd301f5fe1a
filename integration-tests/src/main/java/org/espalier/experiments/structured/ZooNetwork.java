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
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.function.Supplier;

/**
 * A network of DJL's model zoo, with ten classes.
 *
 * @param name of it
 * @param input shape of one example, with a batch of 1
 * @param block makes it
 */
record ZooNetwork(String name, Shape input, Supplier<Block> block) {

  private static final Shape GRAY = new Shape(1, 1, 224, 224);
  private static final Shape COLOR = new Shape(1, 3, 224, 224);

  /** Every classifier of the zoo, in its usual size, and a ResNet-18 of basic units. */
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
        new ZooNetwork("squeezenet", COLOR, () -> SqueezeNet.squeezenet(10)));
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
