package org.espalier.tribuo.linear;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.math.protos.NormalizerProto;
import org.tribuo.math.util.VectorNormalizer;
import org.tribuo.multilabel.sgd.protos.MultiLabelLinearSGDProto;
import org.tribuo.regression.sgd.protos.RegressionLinearSGDProto;

/** Where the meaning of a model's sums comes from: Tribuo's models, or bytes. */
final class LinearOutputs {

  private static final int LABEL = 0;
  private static final int REGRESSOR = 1;
  private static final int MULTI_LABEL = 2;

  private LinearOutputs() {}

  /**
   * Reads it from a model's message: Tribuo's models show neither normalizer nor threshold.
   *
   * @throws IllegalArgumentException if the model is none of Tribuo's three
   */
  static LinearOutput<?> of(AbstractLinearSGDModel<?> model) {
    Any data = model.serialize().getSerializedData();
    boolean probabilities = model.generatesProbabilities();
    try {
      if (data.is(ClassificationLinearSGDProto.class)) {
        var proto = data.unpack(ClassificationLinearSGDProto.class);
        return new LabelOutput(VectorNormalizer.deserialize(proto.getNormalizer()), probabilities);
      } else if (data.is(MultiLabelLinearSGDProto.class)) {
        var proto = data.unpack(MultiLabelLinearSGDProto.class);
        return new MultiLabelOutput(
            VectorNormalizer.deserialize(proto.getNormalizer()),
            probabilities,
            proto.getThreshold());
      } else if (data.is(RegressionLinearSGDProto.class)) {
        return new RegressorOutput();
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message that was just written", e);
    }
    throw new IllegalArgumentException(
        "%s is not one of Tribuo's linear models of labels, regressors or sets of labels"
            .formatted(model.getClass().getName()));
  }

  static void write(LinearOutput<?> output, ByteWriter out) {
    if (output instanceof LabelOutput label) {
      out.number(LABEL).number(label.probabilities() ? 1 : 0);
      out.bytes(label.normalizer().serialize().toByteArray());
    } else if (output instanceof MultiLabelOutput labels) {
      out.number(MULTI_LABEL).number(labels.probabilities() ? 1 : 0);
      out.bytes(labels.normalizer().serialize().toByteArray());
      out.doubles(new double[] {labels.threshold()});
    } else {
      out.number(REGRESSOR);
    }
  }

  /**
   * Reads it from bytes.
   *
   * @throws InvalidProtocolBufferException if a message in the bytes is none
   * @throws org.espalier.sparse.InvalidInputException if the bytes are damaged
   */
  static LinearOutput<?> read(ByteReader in) throws InvalidProtocolBufferException {
    int kind = in.number("a kind of output", LABEL, MULTI_LABEL);
    if (kind == REGRESSOR) {
      return new RegressorOutput();
    }
    boolean probabilities = in.number("a flag", 0, 1) == 1;
    VectorNormalizer normalizer =
        VectorNormalizer.deserialize(NormalizerProto.parseFrom(in.bytes()));
    if (kind == LABEL) {
      return new LabelOutput(normalizer, probabilities);
    }
    double[] threshold = in.doubles();
    if (threshold.length != 1) {
      throw ByteReader.damaged("one threshold", threshold.length + "");
    }
    return new MultiLabelOutput(normalizer, probabilities, threshold[0]);
  }
}
