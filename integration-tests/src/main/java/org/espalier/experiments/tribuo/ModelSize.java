package org.espalier.experiments.tribuo;

import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Tribuo;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.transform.TransformedModel;

/** What a saved model consists of. */
final class ModelSize {

  private ModelSize() {}

  /**
   * Returns the bytes of what was learned: of the saved model without its features, outputs and
   * provenance, which every model of Tribuo carries, and of an ensemble each member again.
   */
  static <T extends Output<T>> long learnedBytes(Model<T> model) {
    if (model instanceof TransformedModel<T> transformed) {
      return learnedBytes(transformed.getInnerModel());
    }
    if (model instanceof EnsembleModel<T> ensemble) {
      return ensemble.getModels().stream().mapToLong(ModelSize::learnedBytes).sum();
    }
    ModelDataCarrier<T> carrier =
        new ModelDataCarrier<>(
            model.getName(),
            model.getProvenance(),
            model.getFeatureIDMap(),
            model.getOutputIDInfo(),
            model.generatesProbabilities(),
            Tribuo.VERSION);
    return model.serialize().getSerializedSize() - carrier.serialize().getSerializedSize();
  }
}
