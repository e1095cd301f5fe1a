package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Collector;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/** A criterion and a collector that remember what they were shown. */
final class Spies {

  private Spies() {}

  /** Scores by value times the sum of what it asks for; remembers every tensor it saw. */
  static final class SpyCriterion implements Criterion {

    private final Set<Statistic> needs;
    final List<WeightTensor> seen = new ArrayList<>();

    SpyCriterion(Statistic... needs) {
      this.needs = Set.of(needs);
    }

    @Override
    public String type() {
      return "spy";
    }

    @Override
    public Set<Statistic> needs() {
      return needs;
    }

    @Override
    public Scores score(WeightTensor tensor) {
      seen.add(tensor);
      double[] scores = new double[tensor.values().length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = tensor.values()[i];
        for (Statistic statistic : needs) {
          if (statistic.extent() == Statistic.Extent.WEIGHT) {
            scores[i] *= tensor.statistic(statistic)[i];
          }
        }
        scores[i] = Math.abs(scores[i]);
      }
      return Scores.of(scores);
    }

    /** Returns what was seen of one parameter, in order. */
    List<WeightTensor> of(String path) {
      return seen.stream().filter(tensor -> tensor.name().equals(path)).toList();
    }
  }

  /**
   * What a collector was asked.
   *
   * @param data values of the inputs of each batch
   * @param labels values of the labels of each batch
   * @param arrays all arrays of the batches
   */
  record Call(
      Set<Statistic> wanted,
      Set<String> paths,
      Map<String, Mask> masks,
      List<float[]> data,
      List<float[]> labels,
      List<NDArray> arrays) {}

  /** Answers numbers that differ by call, parameter and place; remembers every call. */
  static final class SpyCollector implements Collector {

    private final Set<Statistic> provides;
    final List<Call> calls = new ArrayList<>();

    SpyCollector(Statistic first, Statistic... rest) {
      provides = Collections.unmodifiableSet(EnumSet.of(first, rest));
    }

    @Override
    public Set<Statistic> provides() {
      return provides;
    }

    @Override
    public Map<String, Map<Statistic, float[]>> collect(
        Probe probe, Set<Statistic> wanted, Set<String> paths) {
      List<NDArray> arrays = new ArrayList<>();
      List<float[]> data = new ArrayList<>();
      List<float[]> labels = new ArrayList<>();
      for (Sample sample : probe.batches()) {
        arrays.addAll(sample.data());
        arrays.addAll(sample.labels());
        data.add(sample.data().head().toFloatArray());
        labels.add(sample.labels().head().toFloatArray());
      }
      calls.add(
          new Call(
              EnumSet.copyOf(wanted), new TreeSet<>(paths), probe.masks(), data, labels, arrays));
      Map<String, Map<Statistic, float[]>> answer = new TreeMap<>();
      for (String path : paths) {
        long[] shape = probe.network().getParameters().get(path).getArray().getShape().getShape();
        Map<Statistic, float[]> numbers = new HashMap<>();
        wanted.forEach(
            statistic -> numbers.put(statistic, numbers(calls.size(), statistic, shape)));
        answer.put(path, numbers);
      }
      return answer;
    }

    /** The answer to a call, counted from 1. */
    static float[] numbers(int call, Statistic statistic, long... shape) {
      int length =
          switch (statistic.extent()) {
            case INPUT -> (int) shape[1];
            case OUTPUT -> (int) shape[0];
            default -> {
              int weights = 1;
              for (long extent : shape) {
                weights *= (int) extent;
              }
              yield weights;
            }
          };
      float[] numbers = new float[length];
      for (int i = 0; i < length; i++) {
        numbers[i] = 1 + (i * 7919L + call * 104729L + statistic.ordinal()) % 997 / 997f;
      }
      return numbers;
    }
  }

  /** Writes down where epochs and steps begin and end. */
  static class HookLog implements TrainingHooks {

    final List<String> log = new ArrayList<>();

    @Override
    public void epochBegin(PruningSession session) {
      log.add("epoch begin " + session.state().time().epoch());
    }

    @Override
    public void stepBegin(PruningSession session) {
      log.add("step begin " + session.state().time().step());
    }

    @Override
    public void stepEnd(PruningSession session) {
      log.add("step end " + session.state().time().step());
    }

    @Override
    public void epochEnd(PruningSession session) {
      log.add("epoch end " + session.state().time().epoch());
    }
  }

  /** Remembers the session, for its state; and what the hooks were told. */
  static class SpyHooks extends HookLog {

    PruningSession session;
    final Map<Long, Map<String, Mask>> masksBeforeStep = new LinkedHashMap<>();

    @Override
    public void trainingBegin(PruningSession session) {
      this.session = session;
    }

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      log.add("before " + session.state().time().step());
      masksBeforeStep.put(session.state().time().step(), session.state().masks());
    }
  }
}
