package org.espalier.pruning.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Watches the masks that would be chosen after each epoch, and says when they have settled: the
 * ticket can be drawn then, long before training ends. A queue holds the latest masks; they have
 * settled once it is full and the newest is no further than the threshold from each of the others.
 *
 * <p>Source: H. You et al., "Drawing Early-Bird Tickets: Towards More Efficient Training of Deep
 * Networks", ICLR 2020, algorithm 1; that the newest mask is compared with all others of the queue
 * and not only with the one before, and that the threshold itself passes, is what the authors' code
 * does ({@code EarlyBird.cal_dist} and {@code early_bird_emerge}). A mask that drifts slowly is not
 * drawn so.
 */
public final class EarlyBird {

  /** Masks in the authors' queue. */
  public static final int DEFAULT_WINDOW = 5;

  /** Distance that the authors allow. */
  public static final double DEFAULT_THRESHOLD = 0.1;

  private final int window;
  private final double threshold;
  private final Deque<Map<String, Mask>> queue = new ArrayDeque<>();
  private List<Double> distances = List.of();
  private int seen;
  private int drawnAt;
  private Map<String, Mask> drawn;

  /** Watches with the authors' settings. */
  public EarlyBird() {
    this(DEFAULT_WINDOW, DEFAULT_THRESHOLD);
  }

  /**
   * @param window masks in the queue, at least 2
   * @param threshold largest {@link MaskDistance} between settled masks, in [0, 1)
   */
  public EarlyBird(int window, double threshold) {
    if (window < 2) {
      throw new InvalidInputException(
          "window", "at least 2 masks to compare", Integer.toString(window), "5 is usual");
    }
    if (!(threshold >= 0 && threshold < 1)) {
      throw new InvalidInputException(
          "threshold", "a distance in [0, 1)", Double.toString(threshold), "0.1 is usual");
    }
    this.window = window;
    this.threshold = threshold;
  }

  /**
   * Takes the masks of one more epoch. Once a ticket is drawn, further masks change nothing.
   *
   * @param masks by parameter path, of the same parameters every time
   * @return whether a ticket is drawn
   */
  public boolean observe(Map<String, Mask> masks) {
    if (drawn != null) {
      return true;
    }
    List<Double> found = new ArrayList<>();
    for (Map<String, Mask> earlier : queue) {
      found.add(MaskDistance.between(earlier, masks));
    }
    if (queue.size() == window) {
      found.remove(0);
      queue.removeFirst();
    }
    queue.addLast(new TreeMap<>(masks));
    distances = List.copyOf(found);
    seen++;
    if (queue.size() == window && distances.stream().allMatch(d -> d <= threshold)) {
      drawn = Map.copyOf(masks);
      drawnAt = seen;
      queue.clear();
    }
    return drawn != null;
  }

  /** Returns the distances of the newest masks from the others of the queue, oldest first. */
  public List<Double> distances() {
    return distances;
  }

  /** Returns the masks of the ticket; empty until they have settled. */
  public Optional<Map<String, Mask>> ticket() {
    return Optional.ofNullable(drawn);
  }

  /**
   * Returns after how many epochs the ticket was drawn, from 1.
   *
   * @throws IllegalStateException if none is drawn
   */
  public int drawnAfter() {
    if (drawn == null) {
      throw new IllegalStateException("no ticket is drawn yet");
    }
    return drawnAt;
  }
}
