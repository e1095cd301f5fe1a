package org.espalier.pruning.structured.criterion;

import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.gate.GateImportance;
import org.espalier.pruning.structured.gate.GradientSensitivity;

/**
 * First-order gates: how much the loss would change with a gate of 1 that multiplies a whole
 * channel, where linear layers read it: heads of attention, hidden units. Scores of a group have an
 * l2 norm of 1 unless all are 0.
 */
public enum GateCriterion implements GroupCriterion {
  /** The mean over examples of |∂L/∂ξ|: {@link GateImportance}. */
  IMPORTANCE("gate-importance", GateImportance::of),
  /** The sum over batches of |∂L/∂ξ|: {@link GradientSensitivity}. */
  SENSITIVITY("gate-sensitivity", GradientSensitivity::of);

  @FunctionalInterface
  private interface Formula {
    Map<ChannelGroup, double[]> of(
        Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches);
  }

  private final String type;
  private final Formula formula;

  GateCriterion(String type, Formula formula) {
    this.type = type;
    this.formula = formula;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<GroupScores> score(
      StructuredNetwork network, List<ChannelGroup> groups, ChannelEvidence evidence) {
    evidence.requireSamples(this);
    Map<ChannelGroup, double[]> scores =
        formula.of(network.block(), groups, evidence.loss(), evidence.samples());
    return groups.stream().map(group -> new GroupScores(group, scores.get(group), 1)).toList();
  }
}
