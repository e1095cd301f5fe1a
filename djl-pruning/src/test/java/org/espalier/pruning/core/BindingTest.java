package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.ErdosRenyi;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.allocation.Threshold;
import org.espalier.pruning.core.allocation.Uniform;
import org.espalier.pruning.core.allocation.UniformPlus;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.core.schedule.TwoSlope;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class BindingTest {

  private static final Schedule SHOT = new OneShot(0.9, Timing.Unit.STEP, 0);
  private static final List<TensorInfo> PARAMETERS =
      List.of(
          new TensorInfo("05Linear_weight", new int[] {3, 4}, true),
          new TensorInfo("01Conv2d_weight", new int[] {2, 1, 3, 3}, true),
          new TensorInfo("01Conv2d_bias", new int[] {2}, false),
          new TensorInfo("05Linear_bias", new int[] {3}, false));

  private static List<String> names(Recipe recipe) {
    return Binding.of(recipe, PARAMETERS).tensors().stream().map(TensorInfo::name).toList();
  }

  private static String refusal(Recipe recipe) {
    return assertThrows(InvalidInputException.class, () -> Binding.of(recipe, PARAMETERS))
        .getMessage();
  }

  @Test
  void prunesTheDefaultsInNameOrder() {
    assertEquals(List.of("01Conv2d_weight", "05Linear_weight"), names(Recipe.oneShot(0.9)));
  }

  @Test
  void globsIncludeAndExclude() {
    assertEquals(
        List.of("01Conv2d_bias", "01Conv2d_weight"),
        names(Recipe.of(PruningGroup.builder(SHOT).optInclude("01*").build())));
    assertEquals(
        List.of("05Linear_weight"),
        names(Recipe.of(PruningGroup.builder(SHOT).optExclude("*Conv2d*").build())));
    assertEquals(
        List.of("05Linear_bias"),
        names(Recipe.of(PruningGroup.builder(SHOT).optInclude("05Linear_{bias,none}").build())));
  }

  @Test
  void aGlobThatMatchesNothingIsAMistake() {
    assertEquals(
        "group 'weights', include: expected a glob that matches one of [01Conv2d_bias,"
            + " 01Conv2d_weight, 05Linear_bias, 05Linear_weight], found '07*'; correct or remove"
            + " it",
        refusal(Recipe.of(PruningGroup.builder(SHOT).optInclude("07*").build())));
  }

  @Test
  void aGlobMustBeOne() {
    assertEquals(
        "group 'weights', exclude: expected a glob, found '{a'; missing '}",
        refusal(Recipe.of(PruningGroup.builder(SHOT).optExclude("{a").build())));
  }

  @Test
  void noParameterBelongsToTwoGroups() {
    assertEquals(
        "01Conv2d_weight: expected one group to prune it, found 'weights' and 'more'; exclude it"
            + " from one of them",
        refusal(
            Recipe.of(
                PruningGroup.builder(SHOT).build(),
                PruningGroup.builder(SHOT).optName("more").optInclude("01*weight").build())));
  }

  @Test
  void somethingMustBeLeftToPrune() {
    assertEquals(
        "group 'weights': expected at least one parameter to prune, found none among"
            + " [01Conv2d_bias, 01Conv2d_weight, 05Linear_bias, 05Linear_weight]; include one by"
            + " name or glob; frozen parameters, biases and norms are left out unless included",
        refusal(Recipe.of(PruningGroup.builder(SHOT).optExclude("*").build())));
  }

  /** 18 weights in the convolution, 12 in the layer: dense and at most 0.8 leave 9.6 of 30. */
  @Test
  void allocationsThatCannotReachTheTargetAreRefused() {
    assertEquals(
        "allocation: expected a sparsity of at most 0.320000, as 'uniform-plus' keeps some tensors"
            + " denser, found 0.9; lower the schedule's target, or what the allocation guarantees"
            + " to tensors",
        refusal(Recipe.of(PruningGroup.builder(SHOT).optAllocation(UniformPlus.usual()).build())));
  }

  @Test
  void allocationsThatCannotAnswerTheScheduleAreRefused() {
    Timing timing = new Timing(Timing.Unit.EPOCH, 0, 9, 1);
    Schedule thresholds = new TwoSlope(0.1, 3, 1.5, 0.9, timing);
    String message =
        "allocation: expected 'threshold' for a schedule that asks for a threshold, found '%s'; use"
            + " the allocation threshold, or a schedule of sparsities";
    for (Allocation allocation :
        List.of(Global.INSTANCE, Uniform.INSTANCE, ErdosRenyi.of(ErdosRenyi.Form.ER))) {
      assertEquals(
          message.formatted(allocation.type()),
          refusal(Recipe.of(PruningGroup.builder(thresholds).optAllocation(allocation).build())));
    }
    assertEquals(
        "allocation: expected a value for the threshold, as the schedule asks for sparsities, found"
            + " none; set 'value', or use a schedule of thresholds: two-slope, lprune",
        refusal(
            Recipe.of(PruningGroup.builder(SHOT).optAllocation(Threshold.ofSchedule()).build())));
  }
}
