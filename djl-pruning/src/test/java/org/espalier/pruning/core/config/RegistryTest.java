package org.espalier.pruning.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private record Part(String type) implements Component {}

  private static Entry<Part> part(String name) {
    return Entry.of(name, "a part", p -> new Part(name));
  }

  private static ConfigNode name(String name) {
    return new ConfigNode("test", new TextNode(name));
  }

  @Test
  void otherJarsAddComponents() {
    Registry<Part> registry =
        new Registry<>("part", List.of(part("own")), () -> List.of(part("foreign")));
    assertEquals(Set.of("own", "foreign"), registry.names());
    assertEquals(new Part("foreign"), registry.read(name("foreign")));
  }

  private record Whole(Part part) implements Component {
    @Override
    public String type() {
      return part == null ? "more" : part.type();
    }
  }

  private static final List<Entry<Whole>> MORE =
      List.of(Entry.of("more", "a whole", p -> new Whole(null)));

  @Test
  void componentsArePartsOfOthers() {
    Registry<Part> parts =
        new Registry<>("part", List.of(part("own")), () -> List.of(part("foreign")));
    Registry<Whole> wholes = parts.extended(Whole::new, MORE);
    assertEquals(Set.of("own", "foreign", "more"), wholes.names());
    assertEquals(new Whole(new Part("foreign")), wholes.read(name("foreign")));
    assertEquals(new Whole(null), wholes.read(name("more")));
  }

  /** Of the parts, and where a part has the name of a whole. */
  @Test
  void aBrokenJarStaysBroken() {
    for (String taken : List.of("own", "more")) {
      Registry<Part> parts =
          new Registry<>("part", List.of(part("own")), () -> List.of(part(taken)));
      Registry<Whole> wholes = parts.extended(Whole::new, MORE);
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> wholes.read(name("more")));
      assertEquals("'" + taken + "' twice", error.found());
    }
  }

  @Test
  void aNameThatIsTakenIsRefusedWhenTheRegistryIsUsed() {
    Registry<Part> registry =
        new Registry<>("part", List.of(part("own")), () -> List.of(part("new"), part("own")));
    assertEquals(Set.of("own"), registry.names());
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> registry.read(name("own")));
    assertEquals(
        "a part from another jar: expected a name of its own, found 'own' twice; correct that jar"
            + " or take it off the class path",
        error.getMessage());
  }

  @Test
  void aBrokenJarIsRefusedWhenTheRegistryIsUsed() {
    Registry<Part> registry =
        new Registry<>(
            "part",
            List.of(part("own")),
            () -> {
              throw new ServiceConfigurationError("Provider x.Y not found");
            });
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> registry.read(name("own")));
    assertEquals(
        "a part from another jar: expected a provider that loads, found Provider x.Y not found;"
            + " correct that jar or take it off the class path",
        error.getMessage());
  }

  @Test
  void ownNamesDiffer() {
    assertThrows(
        IllegalStateException.class, () -> new Registry<>("part", List.of(part("a"), part("a"))));
  }

  @Test
  void aParameterIsDeclaredOnce() {
    Parameter parameter = Parameter.number("rate", 0.5, "a rate");
    assertThrows(
        IllegalArgumentException.class,
        () -> Entry.of("a", "a part", p -> new Part("a"), parameter, parameter));
  }
}
