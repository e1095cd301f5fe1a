package org.espalier.pruning.structured.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.sparse.mask.Counts;

/**
 * All channels compete by their scores. Ties keep the earlier group, then the lower channel.
 *
 * <p>Source: Z. Liu et al., "Learning Efficient Convolutional Networks through Network Slimming",
 * ICCV 2017, section 3: one threshold across all layers.
 *
 * @param normalization what makes groups comparable
 */
public record Global(Normalization normalization) implements Ranking {

  /** Refuses null. */
  public Global {
    Objects.requireNonNull(normalization, "normalization");
  }

  @Override
  public String type() {
    return "global";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("normalize", normalization.text());
  }

  @Override
  public List<Place> order(List<GroupScores> scores, int[] begin) {
    List<double[]> comparable = scores.stream().map(normalization::comparable).toList();
    // Groups from the last to the first: the sort is stable, so that ties keep the earlier one.
    return IntStream.range(0, scores.size())
        .map(i -> scores.size() - 1 - i)
        .boxed()
        .flatMap(group -> Rising.places(comparable.get(group), group))
        .sorted(Comparator.comparingDouble(place -> comparable.get(place.group())[place.channel()]))
        .toList();
  }

  @Override
  public long kept(double remove, int[] begin) {
    return Counts.kept(remove, Arrays.stream(begin).asLongStream().sum());
  }
}
