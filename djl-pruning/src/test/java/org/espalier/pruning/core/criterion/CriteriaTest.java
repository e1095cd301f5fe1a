package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every criterion of the registry, with its defaults and with every choice. */
class CriteriaTest {

  private static final int EXAMPLES = 5;

  /** Statistics that cannot be negative. */
  private static final Set<Statistic> POSITIVE =
      EnumSet.of(
          Statistic.GRADIENT_ABS,
          Statistic.GRADIENT_SQUARE,
          Statistic.INPUT_NORM,
          Statistic.INPUT_VARIANCE,
          Statistic.ZERO_FRACTION,
          Statistic.PREVIOUS_NORM,
          Statistic.NEXT_NORM);

  static Stream<Entry<Criterion>> entries() {
    return Criteria.REGISTRY.entries().stream();
  }

  static Stream<Criterion> criteria() {
    return entries()
        .flatMap(
            entry ->
                Stream.concat(
                    Stream.of(read(entry.name(), Map.of())),
                    entry.parameters().stream()
                        .flatMap(
                            parameter ->
                                parameter.choices().stream()
                                    .map(c -> read(entry.name(), Map.of(parameter.name(), c))))));
  }

  private static Criterion read(String name, Map<String, Object> parameters) {
    ObjectNode node = new ObjectMapper().valueToTree(parameters);
    return Criteria.REGISTRY.read(new ConfigNode("test", node.put("type", name)));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theNameAndTheParametersAreTheDeclaredOnes(Entry<Criterion> entry) {
    Criterion criterion = read(entry.name(), Map.of());
    assertEquals(entry.name(), criterion.type());
    for (Parameter parameter : entry.parameters()) {
      boolean written = criterion.parameters().containsKey(parameter.name());
      assertEquals(parameter.required() || parameter.fallback().isPresent(), written);
    }
    assertTrue(
        entry.parameters().stream()
            .map(Parameter::name)
            .toList()
            .containsAll(criterion.parameters().keySet()));
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void whatIsWrittenReadsBack(Criterion criterion) {
    assertEquals(criterion, read(criterion.type(), criterion.parameters()));
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void scoresAreFiniteAndDeterministicAndInputsStay(Criterion criterion) {
    for (int[] shape : new int[][] {{6, 5}, {4, 3, 2, 2}}) {
      int weights = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      float[] values = numbers(weights, 1, true);
      values[3] = 0;
      Map<Statistic, float[]> statistics = statistics(criterion, shape, weights);
      double[] scores = score(criterion, shape, values, statistics);
      assertEquals(weights, scores.length);
      for (double score : scores) {
        assertTrue(Double.isFinite(score));
      }
      float[] valuesBefore = values.clone();
      Map<Statistic, float[]> before = new EnumMap<>(Statistic.class);
      statistics.forEach((statistic, numbers) -> before.put(statistic, numbers.clone()));
      assertArrayEquals(scores, score(criterion, shape, values, statistics));
      assertArrayEquals(valuesBefore, values);
      before.forEach((statistic, numbers) -> assertArrayEquals(numbers, statistics.get(statistic)));
    }
  }

  /** Scores as a run does: after three steps of training, where the criterion watches it. */
  private static double[] score(
      Criterion criterion, int[] shape, float[] values, Map<Statistic, float[]> statistics) {
    WeightTensor tensor = WeightTensor.of("block.weight", shape, values);
    for (Map.Entry<Statistic, float[]> statistic : statistics.entrySet()) {
      tensor = tensor.with(statistic.getKey(), statistic.getValue());
    }
    if (criterion instanceof TrackingCriterion tracking) {
      double[] track = new double[values.length];
      for (int step = 0; step < 3; step++) {
        float[] gradients = numbers(values.length, 100 + step, true);
        track = tracking.track(track, tensor.with(Statistic.GRADIENT, gradients), 0.1);
        assertEquals(values.length, track.length);
      }
      tensor = tensor.withTrack(track);
    }
    return criterion.score(tensor).toDoubles();
  }

  private static Map<Statistic, float[]> statistics(Criterion criterion, int[] shape, int weights) {
    Map<Statistic, float[]> statistics = new LinkedHashMap<>();
    for (Statistic statistic : criterion.needs()) {
      int length =
          switch (statistic.extent()) {
            case WEIGHT -> weights;
            case INPUT -> shape[1];
            case OUTPUT -> shape[0];
            case SAMPLES -> EXAMPLES * weights;
          };
      statistics.put(
          statistic, numbers(length, 10 + statistic.ordinal(), !POSITIVE.contains(statistic)));
    }
    return statistics;
  }

  /** Numbers in (-1, 1) or in [0, 1). */
  private static float[] numbers(int length, long seed, boolean signed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) (signed ? random.nextDouble(-1, 1) : random.nextDouble());
    }
    return numbers;
  }
}
