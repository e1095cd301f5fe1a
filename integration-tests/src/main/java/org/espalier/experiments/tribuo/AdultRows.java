package org.espalier.experiments.tribuo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.DataSource;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.RowProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.response.BinaryResponseProcessor;
import org.tribuo.data.csv.CSVDataSource;

/** UCI's census income: who earns above 50,000? Six fields are numbers, eight are categories. */
final class AdultRows {

  private static final List<String> FIELDS =
      List.of(
          "age",
          "workclass",
          "fnlwgt",
          "education",
          "education-num",
          "marital-status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "capital-gain",
          "capital-loss",
          "hours-per-week",
          "native-country",
          "income");

  private static final Set<String> NUMBERS =
      Set.of("age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week");

  private AdultRows() {}

  /**
   * Returns the rows of a file.
   *
   * @param file without remarks
   * @param rich how it spells the label of the rich, with the blank before it: Tribuo trims
   *     features only
   */
  static DataSource<Label> of(Path file, String rich) {
    Map<String, FieldProcessor> processors = new HashMap<>();
    for (String field : FIELDS.subList(0, FIELDS.size() - 1)) {
      processors.put(
          field,
          NUMBERS.contains(field) ? new DoubleFieldProcessor(field) : new CategoryProcessor(field));
    }
    BinaryResponseProcessor<Label> income =
        new BinaryResponseProcessor<>(
            List.of("income"), List.of(rich), new LabelFactory(), ">50K", "<=50K", false);
    return new CSVDataSource<>(
        file, new RowProcessor<>(income, processors), true, ',', '"', FIELDS);
  }
}
