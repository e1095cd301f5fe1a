package org.espalier.pruning.structured.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.Set;
import org.espalier.pruning.core.GeneratedFile;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema is judged by a validator that knows nothing of Espalier. */
class StructuredRecipeSchemaTest {

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(StructuredRecipeSchema.text());

  private static Set<ValidationMessage> problems(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "structured: {target: {type: flops, remove: 0.5}}",
        "structured: {target: {type: latency, remove: 0.5, batch: 4}, criterion: apoz, steps: 2}",
        "structured: {target: {type: flops, remove: 0.5}, criterion: gate-importance}",
        "structured: {seed: 1, exclude: ['a*'], target: {type: channels, remove: 0.1},"
            + " criterion: {type: taylor}, reach: all, aggregate: l2, ranking: local,"
            + " min_channels: 2, multiple_of: 8}",
      })
  void whatTheReaderTakesIsValid(String yaml) {
    assertEquals(Set.of(), problems(yaml));
    assertEquals(Set.of(), problems(StructuredRecipe.parse(yaml).canonicalText()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "structured: {}",
        "structured: {target: flops}",
        "structured: {target: {type: flops}}",
        "structured: {target: {type: flops, remove: 0.5}, colour: red}",
        "{structured: {target: {type: flops, remove: 0.5}}, groups: []}",
        "structured: {target: {type: flops, remove: 0.5}, reach: far}",
        "structured: {target: {type: flops, remove: 0.5}, steps: 0}",
      })
  void whatTheReaderRefusesIsInvalid(String yaml) {
    assertThrows(InvalidInputException.class, () -> StructuredRecipe.parse(yaml));
    assertFalse(problems(yaml).isEmpty());
  }

  /** The file that editors are pointed to. */
  @Test
  void theFileInDocsIsUpToDate() {
    GeneratedFile.check(
        Path.of("../docs/structured-recipe.schema.json"), StructuredRecipeSchema.text());
  }
}
