package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.djl.evidence.ArrayCopies;
import org.espalier.pruning.djl.evidence.BatchLoss;
import org.espalier.pruning.djl.evidence.MaskedCopies;
import org.espalier.pruning.djl.evidence.PassStore;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.evidence.StillNetwork;
import org.espalier.sparse.InvalidInputException;

/**
 * Forward passes in which the layers of a network are watched.
 *
 * <p>All run as inference: dropout is off, batch norms use their running statistics and do not
 * update them, and no random number is drawn (unless the network's own functions draw some even
 * then). Weights are masked copies in single precision. Output means the output after the
 * activation: in a {@code SequentialBlock}, what leaves the run of elementwise functions and
 * dropout that directly follows the layer, with a batch norm before the first function passed
 * through (Hu, Peng, Tai and Tang, "Network Trimming", 2016, count zeros there); elsewhere, and
 * where no such block follows, what the layer itself returns. Pooling and flattening end the run.
 *
 * <p>For the time of a capture other blocks stand in the network: no other thread may use it.
 */
public final class Capture {

  private final Probe probe;
  private final Map<String, Layer> layers;
  private final Map<String, Observer> observers;
  private final Map<Place, Tap> taps = new LinkedHashMap<>();
  private final Map<Place, String> paths = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();

  private Capture(Probe probe, Map<String, ? extends Observer> observers) {
    this.probe = probe;
    this.observers = new LinkedHashMap<>(observers);
    this.layers = Layer.find(probe.network(), observers.keySet());
    layers.values().forEach(this::addTaps);
  }

  /**
   * Runs every batch of the probe forward.
   *
   * @param observers by parameter path; a layer that occurs more than once in the network reports
   *     every time
   * @throws InvalidInputException if a layer cannot be watched, or is never called
   */
  public static void forward(Probe probe, Map<String, ? extends Observer> observers) {
    new Capture(probe, observers).run(false);
  }

  /**
   * Runs every batch of the probe forward, and the loss of each backward to whatever the observers
   * put into it. The network's own gradients stay as they are.
   *
   * @param observers by parameter path
   * @throws InvalidInputException if a layer cannot be watched, or is never called
   */
  public static void backward(Probe probe, Map<String, ? extends Observer> observers) {
    new Capture(probe, observers).run(true);
  }

  private void addTaps(Layer layer) {
    Observer observer = observers.get(layer.path());
    Observer counting =
        new Observer() {
          @Override
          public void input(NDArray input) {
            calls.merge(layer.path(), 1, Integer::sum);
            observer.input(input);
          }
        };
    for (Place place : layer.places()) {
      tap(place, layer.path()).inputs().add(counting);
      tap(Activations.outputOf(place), layer.path()).outputs().add(observer);
    }
  }

  private Tap tap(Place place, String path) {
    paths.putIfAbsent(place, path);
    return taps.computeIfAbsent(
        place, key -> new Tap(key.block(), new ArrayList<>(), new ArrayList<>()));
  }

  private void run(boolean backward) {
    if (probe.batches().isEmpty()) {
      throw new IllegalArgumentException("activations need at least one batch");
    }
    try (MaskedCopies copies = new MaskedCopies(probe);
        StillNetwork still = new StillNetwork(probe.network(), copies);
        Wiring wiring = Wiring.of(probe.network(), taps, paths)) {
      for (Sample sample : probe.batches()) {
        run(wiring.network(), still, copies.newManager(), sample, backward);
      }
    }
  }

  private void run(
      Block network, StillNetwork still, NDManager scratch, Sample sample, boolean backward) {
    try (scratch) {
      PassStore store = still.pass(scratch);
      if (backward) {
        new BatchLoss(network, probe.loss(), sample, false).backward(store, scratch);
      } else {
        network.forward(store, ArrayCopies.of(sample.data(), scratch, DataType.FLOAT32), false);
      }
      requireAllCalled();
      observers.values().forEach(Observer::batchEnds);
    }
  }

  private void requireAllCalled() {
    for (Layer layer : layers.values()) {
      if (!calls.containsKey(layer.path())) {
        throw layer.refused(
            "its activations", "a layer that its parent calls as a child or a field", "no call");
      }
    }
  }
}
