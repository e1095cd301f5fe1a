package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.TrainerProvenance;

/** Leaves out members of trained ensembles. */
public final class EnsemblePruner {

  private EnsemblePruner() {}

  /**
   * Returns the ensemble of the members that are selected, with the combiner of the ensemble and
   * its weights times how often each member counts. Members are shared with the ensemble. Its
   * provenance is that of the ensemble's training, the provenance of the members that stay, and
   * among the instance values what {@link EnsembleProvenance} names.
   *
   * @param ensemble a {@link SparseEnsembleModel} or a {@link WeightedEnsembleModel}, as bagging,
   *     random forests and boosting train
   * @param selection which members stay
   * @param validation examples that did not train them
   * @throws IllegalArgumentException if it is another ensemble, or the examples judge no member
   */
  public static <T extends Output<T>> SparseEnsembleModel<T> prune(
      EnsembleModel<T> ensemble, MemberSelection selection, Dataset<T> validation) {
    EnsembleModelProvenance trained = ensemble.getProvenance();
    return prune(
        ensemble,
        selection,
        validation,
        trained.getDatasetProvenance(),
        trained.getTrainerProvenance());
  }

  /** The same, with the provenance of a trainer that does both. */
  static <T extends Output<T>> SparseEnsembleModel<T> prune(
      EnsembleModel<T> ensemble,
      MemberSelection selection,
      Dataset<T> validation,
      DatasetProvenance data,
      TrainerProvenance trainer) {
    SparseEnsembleModel<T> whole = requireWeighted(ensemble);
    int[] counts = selection.select(new MemberVotes<>(whole, validation));
    Map<String, Provenance> values =
        new HashMap<>(ensemble.getProvenance().getInstanceProvenance().getMap());
    values.putAll(EnsembleProvenance.selection(selection, validation.getProvenance(), counts));
    return with(whole, counts, data, trainer, values);
  }

  private static <T extends Output<T>> SparseEnsembleModel<T> requireWeighted(
      EnsembleModel<T> ensemble) {
    if (ensemble instanceof SparseEnsembleModel<T> sparse) {
      return sparse;
    } else if (ensemble instanceof WeightedEnsembleModel<T> weighted) {
      return SparseEnsembleModel.of(weighted);
    }
    throw new IllegalArgumentException(
        "members can be left out of a SparseEnsembleModel or a WeightedEnsembleModel, not of a "
            + ensemble.getClass().getName());
  }

  private static <T extends Output<T>> SparseEnsembleModel<T> with(
      SparseEnsembleModel<T> whole,
      int[] counts,
      DatasetProvenance data,
      TrainerProvenance trainer,
      Map<String, Provenance> values) {
    float[] weights = whole.combination().times(counts).weights();
    List<Model<T>> members = new ArrayList<>();
    float[] kept = new float[weights.length];
    for (int m = 0; m < weights.length; m++) {
      if (weights[m] != 0) {
        kept[members.size()] = weights[m];
        members.add(whole.getModels().get(m));
      }
    }
    return new SparseEnsembleModel<>(
        whole.getName(),
        new EnsembleModelProvenance(
            SparseEnsembleModel.class.getName(),
            OffsetDateTime.now(),
            data,
            trainer,
            values,
            ListProvenance.createListProvenance(members)),
        whole.getFeatureIDMap(),
        whole.getOutputIDInfo(),
        members,
        new Combination<>(whole.combiner(), Arrays.copyOf(kept, members.size())));
  }
}
