package org.espalier.pruning.structured.target;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.hw.workload.Gemm;
import org.espalier.pruning.djl.network.BlockTree;

/**
 * The matrix products of a network for one example: W[m x k] X[k x n] with a row for each output, a
 * column for each input of an output, and n positions; a convolution as its lowered form, once for
 * each of its groups.
 *
 * @param weight path of the parameter
 * @param product sizes
 * @param times how often it is computed
 */
public record Products(String weight, Gemm product, int times) {

  /** Returns the products of all weights, in the order of the network. */
  public static List<Products> of(Candidate candidate) {
    Map<Parameter, Convolution> convolutions = new IdentityHashMap<>();
    Block network = candidate.network().block();
    for (Block block : BlockTree.blocks(network)) {
      if (block instanceof Convolution convolution) {
        convolutions.put(convolution.getDirectParameters().get("weight"), convolution);
      }
    }
    Map<String, int[]> shapes = candidate.network().shapes(candidate.selection());
    List<Products> products = new ArrayList<>();
    for (Pair<String, Parameter> pair : network.getParameters()) {
      long positions = candidate.network().uses(pair.getKey());
      if (positions > 0) {
        int[] shape = shapes.get(pair.getKey());
        int columns = 1;
        for (int axis = 1; axis < shape.length; axis++) {
          columns *= shape[axis];
        }
        int groups = groups(convolutions.get(pair.getValue()), shape);
        Gemm product = new Gemm(shape[0] / groups, columns, Math.toIntExact(positions));
        products.add(new Products(pair.getKey(), product, groups));
      }
    }
    return products;
  }

  /** A depthwise convolution loses groups with its channels; others keep all. */
  private static int groups(Convolution convolution, int[] shape) {
    if (convolution == null) {
      return 1;
    }
    int groups = convolution.getGroups();
    return groups > 1 && shape[1] == 1
        ? Math.toIntExact((long) groups * shape[0] / convolution.getFilters())
        : groups;
  }
}
