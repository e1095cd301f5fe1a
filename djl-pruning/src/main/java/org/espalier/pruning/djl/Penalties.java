package org.espalier.pruning.djl;

import java.util.List;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.regularizer.Penalized;
import org.espalier.pruning.core.regularizer.Regularizer;

/** What regularizers charge. */
final class Penalties {

  private Penalties() {}

  /** Adds up the values of all regularizers of all groups on all their tensors. */
  static double sum(Binding binding, Mirrors mirrors, TrainingTime now) {
    double sum = 0;
    List<PruningGroup> groups = binding.recipe().groups();
    for (int g = 0; g < groups.size(); g++) {
      PruningGroup group = groups.get(g);
      if (group.regularizers().isEmpty()) {
        continue;
      }
      for (TensorInfo tensor : binding.members().get(g)) {
        float[] weights = mirrors.values(tensor.name());
        Penalized penalized =
            new Penalized(tensor.name(), tensor.shape(), weights, group.pattern(), now);
        for (Regularizer regularizer : group.regularizers()) {
          sum += regularizer.value(penalized);
        }
      }
    }
    return sum;
  }
}
