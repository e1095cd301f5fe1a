package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchShapeTest {

  @Test
  void readsShapes() {
    assertEquals(
        List.of(new BenchShape(512, 4608, 49), new BenchShape(1, 2, 3)),
        BenchShape.parseAll("512,4608,49; 1,2,3"));
    List<BenchShape> usual = BenchShape.parseAll(BenchShape.DEFAULTS);
    assertEquals(12, usual.size());
    assertEquals(10, usual.stream().filter(shape -> shape.n() >= 49).count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ";", "1,2", "1,2,3;", "1,2,3,4", "a,2,3", "-1,2,3", "0,2,3", "1.5,2,3"})
  void refusesWhatIsNoShape(String text) {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> BenchShape.parseAll(text));
    assertEquals("M,K,N of whole numbers from 1 to 999999999", error.expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536,65536,1", "1,65536,65536", "65536,1,65536", "46341,46341,1"})
  void refusesWhatNoArrayHolds(String text) {
    // 46341^2 = 2147488281 is the first square above 2^31 - 1
    assertThrows(InvalidInputException.class, () -> BenchShape.parseAll(text));
  }

  @Test
  void textCanBeReadAgain() {
    BenchShape shape = new BenchShape(7, 8, 9);
    assertEquals(List.of(shape), BenchShape.parseAll(shape.text()));
  }
}
