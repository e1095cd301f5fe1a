package org.espalier.pruning.structured.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of channels while a network is traced: which of them must go together (a union-find
 * structure), which slices of parameters belong to each, and which must stay, with the reason.
 */
public final class ChannelLedger {

  private int[] parents = new int[64];
  private int size;
  private final Map<Integer, List<Slice>> slices = new LinkedHashMap<>();
  private final Map<Integer, String> kept = new HashMap<>();
  private final Map<String, Long> uses = new LinkedHashMap<>();

  /** Returns ids of new channels. */
  public int[] fresh(int count) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      if (size == parents.length) {
        parents = Arrays.copyOf(parents, 2 * size);
      }
      parents[size] = size;
      ids[i] = size++;
    }
    return ids;
  }

  /** Returns the representative of all channels that go with this one: the lowest id. */
  public int find(int channel) {
    int root = channel;
    while (parents[root] != root) {
      root = parents[root];
    }
    for (int at = channel; at != root; ) {
      int next = parents[at];
      parents[at] = root;
      at = next;
    }
    return root;
  }

  /** From now on both go together. */
  public void unite(int one, int other) {
    int a = find(one);
    int b = find(other);
    parents[Math.max(a, b)] = Math.min(a, b);
  }

  /** A slice goes when its channel goes. */
  void bind(Slice slice, int channel) {
    slices.computeIfAbsent(channel, key -> new ArrayList<>()).add(slice);
  }

  /** Channels that must stay. The first reason counts. */
  public void keep(int[] channels, String reason) {
    for (int channel : channels) {
      kept.putIfAbsent(channel, reason);
    }
  }

  /** Each entry of a parameter is multiplied so often for one example. */
  void uses(String parameter, long positions) {
    uses.put(parameter, positions);
  }

  /** Returns how often entries of parameters are multiplied for one example, by path. */
  public Map<String, Long> uses() {
    return Map.copyOf(uses);
  }

  /** Returns the slices of each set of channels that go together, by its representative. */
  public Map<Integer, List<Slice>> sets() {
    Map<Integer, List<Slice>> sets = new LinkedHashMap<>();
    slices.forEach(
        (channel, own) ->
            sets.computeIfAbsent(find(channel), key -> new ArrayList<>()).addAll(own));
    return sets;
  }

  /** Returns why sets of channels must stay, by their representatives. */
  public Map<Integer, String> reasons() {
    Map<Integer, String> reasons = new HashMap<>();
    kept.keySet().stream()
        .sorted()
        .forEach(channel -> reasons.putIfAbsent(find(channel), kept.get(channel)));
    return reasons;
  }

  /** Returns why the set of a channel must stay, empty if it may go. */
  public Optional<String> reason(int channel) {
    return Optional.ofNullable(reasons().get(find(channel)));
  }
}
