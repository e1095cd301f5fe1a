package org.espalier.pruning.structured.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;

/**
 * All channels compete by their scores. Ties keep the earlier group, then the lower channel.
 *
 * <p>Source: Z. Liu et al., "Learning Efficient Convolutional Networks through Network Slimming",
 * ICCV 2017, section 3: one threshold across all layers. The price of operations: P. Molchanov et
 * al., "Pruning Convolutional Neural Networks for Resource Efficient Inference", ICLR 2017, "FLOPs
 * regularized pruning": score - lambda * FLOPs (from memory). In which unit FLOPs are is our
 * choice: one is the mean over all channels that compete, so that a price suits any network.
 *
 * @param normalization what makes groups comparable
 * @param flops lambda, at least 0: what a comparable score loses if its channel takes as many
 *     operations as the mean channel
 */
public record Global(Normalization normalization, double flops) implements Ranking {

  /** Refuses null and prices that are negative or not finite. */
  public Global {
    Objects.requireNonNull(normalization, "normalization");
    if (!(flops >= 0 && flops < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "flops", "a finite number of at least 0", Double.toString(flops), "correct it");
    }
  }

  /** Lets scores alone decide. */
  public Global(Normalization normalization) {
    this(normalization, 0);
  }

  @Override
  public String type() {
    return "global";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("normalize", normalization.text());
    parameters.put("flops", flops);
    return parameters;
  }

  @Override
  public List<Place> order(List<GroupScores> scores, int[] begin, IntToDoubleFunction operations) {
    List<double[]> comparable = scores.stream().map(normalization::comparable).toList();
    if (flops > 0) {
      charge(comparable, operations);
    }
    // Groups from the last to the first: the sort is stable, so that ties keep the earlier one.
    return IntStream.range(0, scores.size())
        .map(i -> scores.size() - 1 - i)
        .boxed()
        .flatMap(group -> Rising.places(comparable.get(group), group))
        .sorted(Comparator.comparingDouble(place -> comparable.get(place.group())[place.channel()]))
        .toList();
  }

  /** Takes the price of its operations from every score. */
  private void charge(List<double[]> scores, IntToDoubleFunction operations) {
    double[] cost = IntStream.range(0, scores.size()).mapToDouble(operations).toArray();
    double all = 0;
    long channels = 0;
    for (int group = 0; group < cost.length; group++) {
      all += cost[group] * scores.get(group).length;
      channels += scores.get(group).length;
    }
    double unit = all == 0 ? 1 : all / channels;
    for (int group = 0; group < cost.length; group++) {
      double price = flops * cost[group] / unit;
      double[] own = scores.get(group);
      Arrays.setAll(own, channel -> own[channel] - price);
    }
  }

  @Override
  public long kept(double remove, int[] begin) {
    return Counts.kept(remove, Arrays.stream(begin).asLongStream().sum());
  }
}
