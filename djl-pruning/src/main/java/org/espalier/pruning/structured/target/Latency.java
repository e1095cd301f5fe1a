package org.espalier.pruning.structured.target;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.sparse.InvalidInputException;

/**
 * The time of all matrix products of a network, dense, in float32, one after the other, in
 * microseconds. Activations, norms and pooling are left out.
 *
 * <p>Source: T.-J. Yang et al., "NetAdapt: Platform-Aware Neural Network Adaptation for Mobile
 * Applications", ECCV 2018, section 3.3: the sum over layers of what a table says.
 *
 * @param model of one device: {@link org.espalier.hw.machine.Cpu} or {@link
 *     org.espalier.hw.table.LatencyTable}; empty where a recipe was read, which cannot name one
 * @param batch examples of one run, at least 1
 */
public record Latency(Optional<LatencyModel> model, int batch) implements Measure {

  /** Refuses a batch below 1. */
  public Latency {
    if (batch < 1) {
      throw new InvalidInputException("batch", "at least 1", "" + batch, "correct it");
    }
  }

  @Override
  public String type() {
    return "latency";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("batch", batch);
  }

  @Override
  public String unit() {
    return "us";
  }

  @Override
  public double of(Candidate candidate) {
    return Products.of(candidate).stream().mapToDouble(this::latencyUs).sum();
  }

  /**
   * Returns the time of one layer.
   *
   * @throws InvalidInputException if there is no model, or it does not know the product
   */
  public double latencyUs(Products layer) {
    LatencyModel known =
        model.orElseThrow(
            () ->
                new InvalidInputException(
                    "target latency",
                    "a model of a device",
                    "none",
                    "give one (StructuredPruning.withLatency), or choose flops"));
    LatencyQuery dense = LatencyQuery.dense(layer.product());
    LatencyQuery query =
        new LatencyQuery(
            dense.operation(), dense.sample(), dense.pattern(), 1, dense.type(), batch);
    OptionalDouble us = known.latencyUs(query);
    return layer.times()
        * us.orElseThrow(
            () ->
                new InvalidInputException(
                    "target latency, " + layer.weight(),
                    "a model that knows the dense product " + layer.product(),
                    "one that does not",
                    "measure a table that covers it"));
  }
}
