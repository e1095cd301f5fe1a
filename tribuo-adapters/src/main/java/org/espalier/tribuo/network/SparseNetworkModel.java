package org.espalier.tribuo.network;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.sparse.io.AtomicFile;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.ONNXExportable;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A trained and pruned network. Its weights are Java arrays.
 *
 * <p>A network whose blocks are known ({@link #layers} is not empty) predicts in plain Java through
 * sparse-ops, also in the process that trained it: predictions have the same bits in every process,
 * with or without DJL's engine, one by one or in batches, with vector instructions or without. Any
 * other network is computed by DJL, in native memory that {@link #close} frees; a prediction after
 * that allocates it anew.
 *
 * <p>A network whose blocks are known is also exported to ONNX, in the form of Tribuo's own models:
 * one input, (batch, features) in the order of Tribuo's feature ids, and one output, (batch,
 * outputs) in the order of its output ids. Layout and scaling of the features are in the graph.
 *
 * <p>Features that training has not seen are passed over. Predictions may be made by several
 * threads at once.
 *
 * @param <T> the kind of output
 */
public final class SparseNetworkModel<T extends Output<T>> extends Model<T>
    implements ONNXExportable, AutoCloseable {

  /** Version of the protobuf form. */
  public static final int CURRENT_VERSION = 0;

  private static final long serialVersionUID = 1L;

  private final ModelParts parts;

  SparseNetworkModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap features,
      ImmutableOutputInfo<T> outputs,
      ModelParts parts) {
    super(name, provenance, features, outputs, parts.adapter().generatesProbabilities());
    this.parts = parts;
  }

  /**
   * Reads a model back; called by Tribuo.
   *
   * @param version of the form
   * @param className name of this class
   * @param message the form
   * @throws InvalidProtocolBufferException if the message is none
   * @throws org.espalier.sparse.InvalidInputException if its bytes are damaged
   */
  public static SparseNetworkModel<?> deserializeFromProto(
      int version, String className, Any message) throws InvalidProtocolBufferException {
    if (version != CURRENT_VERSION) {
      throw new IllegalArgumentException(
          "Unknown version %d of %s, this class reads %d"
              .formatted(version, className, CURRENT_VERSION));
    }
    ByteReader in = new ByteReader(message.unpack(BytesValue.class).getValue().toByteArray());
    ModelDataCarrier<?> carrier =
        ModelDataCarrier.deserialize(ModelDataProto.parseFrom(in.bytes()));
    ModelParts parts = ModelParts.of(in.bytes());
    in.requireEnd();
    return of(carrier, parts);
  }

  private static <U extends Output<U>> SparseNetworkModel<U> of(
      ModelDataCarrier<U> carrier, ModelParts parts) {
    boolean fits =
        parts.adapter().type().isInstance(carrier.outputDomain().getOutput(0))
            && parts.scaling().means().length == carrier.outputDomain().size()
            && parts.encoder().layout().positions().length == carrier.featureDomain().size();
    if (!fits) {
      throw ByteReader.damaged(
          "the outputs and features of the network", "those of another: " + carrier.name());
    }
    return new SparseNetworkModel<>(
        carrier.name(),
        carrier.provenance(),
        carrier.featureDomain(),
        carrier.outputDomain(),
        parts);
  }

  /** Returns the layers from input to output; empty if DJL computes the network. */
  public List<NetworkLayer> layers() {
    return parts.network() instanceof LayeredNetwork layered ? layered.layers() : List.of();
  }

  /** Returns where features stand in the network's input. */
  public InputLayout inputLayout() {
    return parts.encoder().layout();
  }

  /** Returns what happens to values before the network sees them. */
  public InputScaling inputScaling() {
    return parts.encoder().scaling();
  }

  /** Returns what becomes of the values of the last layer. */
  public OutputScaling outputScaling() {
    return parts.scaling();
  }

  /** Returns what these values mean. */
  @SuppressWarnings("unchecked") // Made for the outputs of this model, checked where they are read.
  public OutputAdapter<T> outputAdapter() {
    return (OutputAdapter<T>) parts.adapter();
  }

  /** Returns the counts of the weights that are pruned unless a recipe says otherwise. */
  public List<WeightCount> weights() {
    return parts.network().weights();
  }

  /** Returns zeros / elements over {@link #weights}. */
  public double sparsity() {
    List<WeightCount> counts = weights();
    long elements = counts.stream().mapToLong(WeightCount::elements).sum();
    long zeros = counts.stream().mapToLong(WeightCount::zeros).sum();
    return elements == 0 ? 0 : (double) zeros / elements;
  }

  /**
   * Predicts one example.
   *
   * @throws IllegalArgumentException if training has seen none of its features
   */
  @Override
  public Prediction<T> predict(Example<T> example) {
    return predictAll(List.of(example)).get(0);
  }

  /** Predicts in batches. */
  @Override
  protected List<Prediction<T>> innerPredict(Iterable<Example<T>> examples) {
    List<Prediction<T>> predictions = new ArrayList<>();
    List<Example<T>> batch = new ArrayList<>();
    for (Example<T> example : examples) {
      batch.add(example);
      if (batch.size() == parts.network().largestBatch()) {
        predictions.addAll(predictAll(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      predictions.addAll(predictAll(batch));
    }
    return predictions;
  }

  private List<Prediction<T>> predictAll(List<Example<T>> examples) {
    InputEncoder encoder = parts.encoder();
    EncodedExample[] encoded =
        examples.stream()
            .map(example -> InputEncoder.encode(encoder.layout(), featureIDMap, example))
            .toArray(EncodedExample[]::new);
    int batch = encoded.length;
    float[] values = parts.network().run(encoder.featureMajor(encoded), batch);
    List<Prediction<T>> predictions = new ArrayList<>(batch);
    for (int b = 0; b < batch; b++) {
      double[] outputs = new double[parts.network().outputs()];
      for (int o = 0; o < outputs.length; o++) {
        outputs[o] = parts.scaling().apply(o, values[o * batch + b]);
      }
      predictions.add(
          outputAdapter()
              .prediction(outputs, outputIDInfo, encoded[b].positions().length, examples.get(b)));
    }
    return predictions;
  }

  /**
   * Returns the features with the strongest paths to each output: the strength of a feature is the
   * sum, over all paths from it through the network, of the product of the |weights| along the
   * path. Activations pass strengths on, so this says what can matter, not what does for one
   * example. A feature without a path is left out. Strengths are of features as the network sees
   * them, scaled. Empty if DJL computes the network.
   *
   * <p>Source: Y. Yoon, T. Guimaraes, G. Swales, "Integrating artificial neural networks with
   * rule-based expert systems", Decision Support Systems 11, 1994, products of weights along paths
   * (from memory; here of their absolute values).
   *
   * @param n how many features per output; all if negative
   */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    Map<String, List<Pair<String, Double>>> top = new HashMap<>();
    if (parts.network() instanceof LayeredNetwork network) {
      List<String> names = outputAdapter().names(outputIDInfo);
      for (int o = 0; o < names.size(); o++) {
        top.put(names.get(o), strongest(network.strengths(o), n));
      }
    }
    return top;
  }

  private List<Pair<String, Double>> strongest(double[] strengths, int n) {
    int[] positions = inputLayout().positions();
    List<Pair<String, Double>> features = new ArrayList<>();
    for (int id = 0; id < positions.length; id++) {
      double strength = strengths[positions[id]];
      if (strength > 0) {
        features.add(new Pair<>(featureIDMap.get(id).getName(), strength));
      }
    }
    // Stable: of equal strengths, the lower id comes first.
    features.sort(Comparator.comparing((Pair<String, Double> f) -> f.getB()).reversed());
    return n < 0 || n >= features.size() ? features : new ArrayList<>(features.subList(0, n));
  }

  /** Returns nothing: a network gives no excuse. */
  @Override
  public Optional<Excuse<T>> getExcuse(Example<T> example) {
    return Optional.empty();
  }

  @Override
  protected SparseNetworkModel<T> copy(String newName, ModelProvenance newProvenance) {
    return new SparseNetworkModel<>(
        newName, newProvenance, featureIDMap, outputIDInfo, parts.copy());
  }

  /**
   * Returns the model as a message whose data are the bytes of Tribuo's model data and of the
   * network, each after their length. Weights that are mostly zero take a bit each, and 4 bytes if
   * they live.
   */
  @Override
  public ModelProto serialize() {
    byte[] bytes =
        new ByteWriter()
            .bytes(createDataCarrier().serialize().toByteArray())
            .bytes(parts.toBytes())
            .toByteArray();
    return ModelProto.newBuilder()
        .setClassName(SparseNetworkModel.class.getName())
        .setVersion(CURRENT_VERSION)
        .setSerializedData(Any.pack(BytesValue.of(ByteString.copyFrom(bytes))))
        .build();
  }

  /**
   * Returns the model as ONNX, with its provenance among the metadata: operators of set 13, version
   * 6 of the file format, as in all exports of Tribuo 4.3. Pruned weights are zeros among the
   * others; {@link org.espalier.tribuo.onnx.SparseConstants} leaves them out.
   *
   * @param domain a name in reverse, as {@code org.example.digits}
   * @param modelVersion of the exported model, as the caller counts
   * @throws org.espalier.sparse.InvalidInputException if DJL computes the network
   */
  @Override
  public OnnxMl.ModelProto exportONNXModel(String domain, long modelVersion) {
    ONNXContext graph = new ONNXContext();
    graph.setName("SparseNetworkModel");
    ONNXPlaceholder input = graph.floatInput(featureIDMap.size());
    ONNXPlaceholder output = graph.floatOutput(outputIDInfo.size());
    writeONNXGraph(input).assignTo(output);
    return ONNXExportable.buildModel(graph, domain, modelVersion, this);
  }

  /**
   * Writes the model into an ONNX graph; called by Tribuo's ensembles.
   *
   * @param input features in the order of their ids, (batch, features)
   * @return probabilities or numbers in the order of the ids of outputs, (batch, outputs)
   * @throws org.espalier.sparse.InvalidInputException if DJL computes the network
   */
  @Override
  public ONNXNode writeONNXGraph(ONNXRef<?> input) {
    ONNXRef<?> values = parts.network().writeGraph(parts.encoder().writeGraph(input));
    return outputAdapter().writeGraph(parts.scaling().writeGraph(values), outputIDInfo);
  }

  /**
   * Exports the model into an ONNX file, as {@link #exportONNXModel} does.
   *
   * @param outputPath replaced as a whole
   * @throws org.espalier.sparse.OutputException if it cannot be written
   */
  @Override
  public void saveONNXModel(String domain, long modelVersion, Path outputPath) {
    AtomicFile.write(outputPath, exportONNXModel(domain, modelVersion)::writeTo);
  }

  /** Frees the native memory of a network that DJL computes; others have none. */
  @Override
  public void close() {
    parts.network().close();
  }
}
