package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;

/** A model whose answers are given: one letter of a text per example, which a feature numbers. */
final class TableModel extends Model<Label> {

  private static final long serialVersionUID = 1L;

  private final String answers;
  private final MutableDataset<Label> data;

  TableModel(String answers, MutableDataset<Label> data) {
    this(
        "table",
        new ModelProvenance(
            TableModel.class.getName(),
            OffsetDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
            data.getProvenance(),
            new EmptyTrainerProvenance()),
        answers,
        data);
  }

  private TableModel(
      String name, ModelProvenance provenance, String answers, MutableDataset<Label> data) {
    super(name, provenance, data.getFeatureIDMap(), data.getOutputIDInfo(), true);
    this.answers = answers;
    this.data = data;
  }

  /** Examples with these labels; the feature "place" of example e is e + 1. */
  static MutableDataset<Label> examples(String labels) {
    List<Example<Label>> examples = new ArrayList<>();
    for (int e = 0; e < labels.length(); e++) {
      ArrayExample<Label> example = new ArrayExample<>(new Label(labels.substring(e, e + 1)));
      example.add("place", e + 1);
      examples.add(example);
    }
    OffsetDateTime when = OffsetDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    LabelFactory factory = new LabelFactory();
    return new MutableDataset<>(
        examples, new SimpleDataSourceProvenance("table", when, factory), factory);
  }

  @Override
  public Prediction<Label> predict(Example<Label> example) {
    if (answers == null) {
      throw new AssertionError("asked");
    }
    int place = (int) example.iterator().next().getValue() - 1;
    String answer = answers.substring(place, place + 1);
    Map<String, Label> scores = new LinkedHashMap<>();
    for (Label label : outputIDInfo.getDomain()) {
      double score = label.getLabel().equals(answer) ? 1 : 0;
      scores.put(label.getLabel(), new Label(label.getLabel(), score));
    }
    return new Prediction<>(scores.get(answer), scores, 1, example, true);
  }

  /** One feature whose score is the length of the answers. */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    return Map.of("a", List.of(new Pair<>("place", (double) answers.length())));
  }

  @Override
  public Optional<Excuse<Label>> getExcuse(Example<Label> example) {
    return Optional.of(new Excuse<>(example, predict(example), getTopFeatures(-1)));
  }

  @Override
  protected TableModel copy(String newName, ModelProvenance newProvenance) {
    return new TableModel(newName, newProvenance, answers, data);
  }

  @Override
  public ModelProto serialize() {
    throw new UnsupportedOperationException();
  }
}
