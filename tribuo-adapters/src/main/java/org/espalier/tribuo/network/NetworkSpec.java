package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.nn.Block;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.util.Optional;
import org.tribuo.ImmutableFeatureMap;

/** A network as a configuration describes it: what is known before the data are. */
public interface NetworkSpec extends Configurable, Provenancable<ConfiguredObjectProvenance> {

  /**
   * Returns where features stand in the network's input.
   *
   * @throws IllegalArgumentException if the features do not suit the network
   */
  InputLayout layout(ImmutableFeatureMap features);

  /**
   * Returns a new block without weights. Its last layer has no activation: losses add what they
   * need.
   *
   * @param model that the block will belong to
   * @param input shape of one example
   * @param outputs values that the last layer must have
   * @throws com.oracle.labs.mlrg.olcut.config.PropertyException if there is no such network
   */
  Block newBlock(Model model, int[] input, int outputs);

  /**
   * Returns what builds the same block in another process. Needed only for networks that are not
   * made of the layers of {@link NetworkLayer}, which a model can build by itself.
   */
  default Optional<BlockSource> source() {
    return Optional.empty();
  }
}
