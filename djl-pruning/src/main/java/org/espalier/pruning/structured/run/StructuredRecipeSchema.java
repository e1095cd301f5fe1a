package org.espalier.pruning.structured.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.Schemas;
import org.espalier.pruning.structured.criterion.GroupCriteria;
import org.espalier.pruning.structured.criterion.Reach;
import org.espalier.pruning.structured.ranking.Rankings;
import org.espalier.pruning.structured.target.Targets;
import org.espalier.sparse.pattern.Aggregate;

/**
 * The JSON schema (draft 2020-12) of structured recipes, made from the registries. It is as strict
 * as the reader on keys, types and names; ranges are the reader's.
 */
public final class StructuredRecipeSchema {

  private StructuredRecipeSchema() {}

  /** Returns the schema as indented JSON text, with the criteria of all jars on the class path. */
  public static String text() {
    ObjectNode root = Schemas.root("Espalier structured pruning recipe");
    ObjectNode definitions = root.putObject("$defs");
    Schemas.define(definitions, GroupCriteria.REGISTRY);
    Schemas.define(definitions, Rankings.REGISTRY);
    Schemas.define(definitions, Targets.REGISTRY);
    root.setAll(Schemas.object("channels that go"));
    Schemas.properties(root).set("structured", recipe());
    root.putArray("required").add("structured");
    return Schemas.text(root);
  }

  private static ObjectNode recipe() {
    ObjectNode recipe = Schemas.object("which channels of a network go");
    ObjectNode keys = Schemas.properties(recipe);
    keys.set(
        "seed",
        Schemas.typed("integer", "seed of every random choice; default " + Recipe.DEFAULT_SEED));
    keys.set("exclude", Schemas.globs("names of groups that stay as they are"));
    for (String kind : new String[] {"criterion", "ranking", "target"}) {
      keys.putObject(kind).put("$ref", "#/$defs/" + kind);
    }
    keys.set(
        "reach",
        Schemas.choice(
            "which slices of a group are scored; default rows",
            Arrays.stream(Reach.values()).map(Reach::text).toList()));
    keys.set(
        "aggregate",
        Schemas.choice(
            "from weights to a channel; default sum, of criteria that score features mean",
            Arrays.stream(Aggregate.values()).map(Aggregate::text).toList()));
    keys.set("min_channels", Schemas.count("channels that stay of each group; default 1"));
    keys.set("multiple_of", Schemas.count("what channels are rounded up to; default 1"));
    keys.set("steps", Schemas.count("in which it goes, geometrically; default 1"));
    recipe.putArray("required").add("target");
    return recipe;
  }
}
