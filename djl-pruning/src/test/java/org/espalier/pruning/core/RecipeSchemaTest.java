package org.espalier.pruning.core;

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
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema is judged by a validator that knows nothing of Espalier. */
class RecipeSchemaTest {

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(RecipeSchema.text());

  private static Set<ValidationMessage> problems(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule: {type: one-shot, target: 0.9}",
        "{seed: 1, schedule: {type: constant, target: 0.9, every: 5}, criterion: magnitude}",
        "{schedule: {type: one-shot, target: 0.9}, criterion: {type: magnitude}, rounds: 3}",
        "groups: [{name: a, include: ['*'], schedule: {type: one-shot, target: 0.5}}]",
      })
  void whatTheReaderTakesIsValid(String yaml) {
    assertEquals(Set.of(), problems(yaml));
    assertEquals(Set.of(), problems(Recipe.parse(yaml).canonicalText()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "schedule: one-shot",
        "{schedule: {type: one-shot, target: 0.9}, patern: unstructured}",
        "{schedule: {type: one-shot, target: high}}",
        "{schedule: {type: one-shot, target: 0.9, every: 2}}",
        "{schedule: {type: cubed, target: 0.9}}",
        "{schedule: {type: one-shot, target: 0.9}, criterion: size}",
        "{schedule: {type: one-shot, target: 0.9}, rounds: 0}",
        "groups: []",
      })
  void whatTheReaderRefusesIsInvalid(String yaml) {
    assertThrows(InvalidInputException.class, () -> Recipe.parse(yaml));
    assertFalse(problems(yaml).isEmpty());
  }

  /** The file that editors are pointed to. */
  @Test
  void theFileInDocsIsUpToDate() {
    GeneratedFile.check(Path.of("../docs/recipe.schema.json"), RecipeSchema.text());
  }
}
