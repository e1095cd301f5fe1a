package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** The sparse layers, the moving connections, and one step of the autoencoder in dense algebra. */
class SparseAutoencoderTest {

  private static final int INPUTS = 6;
  private static final int HIDDEN = 5;

  private static float[][] rows(int examples) {
    Random random = new Random(5);
    float[][] rows = new float[examples][INPUTS];
    for (float[] row : rows) {
      for (int i = 0; i < INPUTS; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** ε = 1.5: 1.5 (6 + 5) = 16.5 of 30 places, rounded up. */
  private static Topology topology() {
    return new Topology(INPUTS, HIDDEN, 1.5, 0.2, 9);
  }

  @Test
  void eachLayerHasItsNumberOfConnections() {
    Topology topology = new Topology(80, 120, 5, 0.2, 1);
    // 5 (80 + 120) = 1000 of 9600.
    for (String layer : new String[] {Topology.ENCODER, Topology.DECODER}) {
      assertEquals(1000, topology.mask(layer).keptCount());
    }
    assertEquals(17, topology().mask(Topology.ENCODER).keptCount());
    // 13 (6 + 5) = 143 are more than there are places.
    assertEquals(30, new Topology(INPUTS, HIDDEN, 13, 0.2, 1).mask(Topology.ENCODER).keptCount());
  }

  @Test
  void theWeakestOfEachSignMove() {
    Topology topology = new Topology(80, 120, 5, 0.2, 1);
    SparseLayer layer = new SparseLayer(topology.mask(Topology.ENCODER), new Random(1));
    SparseLayer other = new SparseLayer(topology.mask(Topology.DECODER), new Random(2));
    float[] before = layer.dense();
    Mask old = topology.mask(Topology.ENCODER);
    topology.evolve(Map.of(Topology.ENCODER, before, Topology.DECODER, other.dense()));
    Mask next = topology.mask(Topology.ENCODER);
    assertEquals(1000, next.keptCount());
    for (int sign : new int[] {1, -1}) {
      double[] gone =
          IntStream.range(0, before.length)
              .filter(i -> old.isKept(i) && !next.isKept(i) && sign * before[i] > 0)
              .mapToDouble(i -> sign * before[i])
              .toArray();
      double most = Arrays.stream(gone).max().orElseThrow();
      long members = IntStream.range(0, before.length).filter(i -> sign * before[i] > 0).count();
      long lower =
          IntStream.range(0, before.length)
              .filter(i -> sign * before[i] > 0 && sign * before[i] <= most)
              .count();
      // A fifth falls, of which a few are drawn again at once.
      assertTrue(lower <= members / 5, lower + " of " + members);
      assertTrue(gone.length > members / 7, gone.length + " of " + members);
    }
    layer.connect(next, new Random(3));
    float[] after = layer.dense();
    for (int i = 0; i < after.length; i++) {
      if (next.isKept(i) && old.isKept(i)) {
        assertEquals(before[i], after[i]);
      } else {
        assertEquals(next.isKept(i), after[i] != 0);
      }
    }
  }

  @Test
  void eachEvolutionDrawsAnew() {
    Topology topology = new Topology(80, 120, 5, 1, 1);
    Map<String, float[]> weights =
        Map.of(
            Topology.ENCODER, ones(topology.mask(Topology.ENCODER)),
            Topology.DECODER, ones(topology.mask(Topology.DECODER)));
    topology.evolve(weights);
    Mask first = topology.mask(Topology.ENCODER);
    topology.evolve(weights);
    assertNotEquals(first, topology.mask(Topology.ENCODER));
    assertNotEquals(first.toWords()[0], topology.mask(Topology.DECODER).toWords()[0]);
  }

  private static float[] ones(Mask mask) {
    return mask.toFloats();
  }

  @Test
  void oneStepIsThatOfDenseAlgebra() {
    float[][] rows = rows(4);
    DenoisingAutoencoder network =
        new DenoisingAutoencoder(topology(), new Descent(0.5, 0.9, 0.01), new Disturbance(0, 0), 3);
    float[] v = network.encoder().dense();
    float[] w = network.decoder().dense();
    double[] dv = new double[v.length];
    double[] dw = new double[w.length];
    for (float[] x : rows) {
      double[] h = new double[HIDDEN];
      for (int j = 0; j < HIDDEN; j++) {
        double z = 0;
        for (int i = 0; i < INPUTS; i++) {
          z += x[i] * v[i * HIDDEN + j];
        }
        h[j] = 1 / (1 + Math.exp(-z));
      }
      double[] error = new double[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        error[i] = -x[i];
        for (int j = 0; j < HIDDEN; j++) {
          error[i] += h[j] * w[j * INPUTS + i];
        }
      }
      for (int j = 0; j < HIDDEN; j++) {
        double back = 0;
        for (int i = 0; i < INPUTS; i++) {
          dw[j * INPUTS + i] += h[j] * error[i] / 4;
          back += error[i] * w[j * INPUTS + i];
        }
        for (int i = 0; i < INPUTS; i++) {
          dv[i * HIDDEN + j] += x[i] * back * h[j] * (1 - h[j]) / 4;
        }
      }
    }
    network.train(Tiny.set(rows, new Targets(new double[4][1], false)).features(), 1, 100);
    assertArrayEquals(stepped(v, dv), network.encoder().dense(), 1e-6f);
    assertArrayEquals(stepped(w, dw), network.decoder().dense(), 1e-6f);
    assertEquals(17, network.encoder().connections());
    double strength = 0;
    for (int j = 0; j < HIDDEN; j++) {
      strength += Math.abs(network.encoder().dense()[2 * HIDDEN + j]);
    }
    assertEquals(strength, network.strengths()[2], 1e-6);
  }

  /** w - 0.5 g - 0.01 w where there is a connection. */
  private static float[] stepped(float[] weights, double[] gradient) {
    float[] stepped = new float[weights.length];
    for (int c = 0; c < weights.length; c++) {
      stepped[c] =
          weights[c] == 0 ? 0 : (float) (weights[c] - 0.5 * gradient[c] - 0.01 * weights[c]);
    }
    return stepped;
  }

  @Test
  void momentumCarriesOn() {
    Descent descent = new Descent(0.1, 0.9, 0);
    float[] weights = {1};
    float[] momenta = {0};
    descent.apply(weights, momenta, new float[] {2});
    // 1 - 0.2; then the move is 0.9 (-0.2) - 0.1 = -0.28.
    assertEquals(0.8f, weights[0], 1e-7f);
    descent.apply(weights, momenta, new float[] {1});
    assertEquals(0.52f, weights[0], 1e-7f);
  }
}
