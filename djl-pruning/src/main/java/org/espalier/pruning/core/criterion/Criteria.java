package org.espalier.pruning.core.criterion;

import java.util.List;
import java.util.ServiceLoader;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.curvature.EmpiricalFisher;

/** The criteria that recipes can name: one line each. */
public final class Criteria {

  /** All criteria by name. */
  public static final Registry<Criterion> REGISTRY =
      new Registry<>(
          "criterion",
          List.of(
              Entry.of("apoz", "1 - fraction of zeros of the output (Hu 2016)", p -> Apoz.INSTANCE),
              Entry.of("bn-scale", "|scale| of the batch norm (Liu 2017)", p -> BnScale.INSTANCE),
              Entry.of("contribution-variance", "Var(wx) (Thimm 1995)", p -> Contribution.INSTANCE),
              Entry.of("fisher-magnitude", "w² mean(g²) (Lee 2023)", p -> FisherMagnitude.INSTANCE),
              Entry.of("fpgm", "distances to the other filters (He 2019)", p -> Fpgm.INSTANCE),
              Entry.of("lamp", "w² / sum of w² not smaller (Lee 2021)", p -> Lamp.INSTANCE),
              Entry.of("lookahead", "|w| ‖previous‖ ‖next‖ (Park 2020)", p -> Lookahead.INSTANCE),
              Entry.of("magnitude", "|w| (Han et al. 2015)", p -> Magnitude.INSTANCE),
              Entry.of("obd", "h w² / 2 (LeCun 1989)", Obd::read, Obd.CURVATURE),
              Entry.of("obs", "w² / 2[H⁻¹]_qq (Hassibi 1992)", Obs::read, EmpiricalFisher.LAMBDA),
              Entry.of("random", "uniform on [0, 1) by seed and name", p -> Random.INSTANCE),
              Entry.of("std-magnitude", "|w| / std(W) (Han 2015)", p -> StdMagnitude.INSTANCE),
              Entry.of("wanda", "|w| times norm of the input (Sun 2024)", p -> Wanda.INSTANCE),
              Entry.of("weight-change", "|w - w_0| (2019)", WeightChange::read, WeightChange.FORM)),
          Criteria::fromOtherJars);

  private Criteria() {}

  private static List<Entry<Criterion>> fromOtherJars() {
    return ServiceLoader.load(CriterionProvider.class).stream()
        .flatMap(provider -> provider.get().criteria().stream())
        .toList();
  }
}
