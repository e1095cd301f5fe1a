package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionShapeTest {

  private static final Window THREE = new Window(3, 1, 1);

  /** Sizes counted by hand: the places at which the first tap stands. */
  @ParameterizedTest
  @CsvSource({
    "5, 3, 1, 0, 1, 3", // 0 1 2
    "5, 3, 2, 1, 1, 3", // -1 1 3
    "6, 3, 2, 1, 1, 3", // -1 1 3
    "7, 3, 1, 0, 3, 1", // 0, the last tap on pixel 6
    "7, 3, 1, 0, 4, 0", // the last tap would stand on pixel 8
    "1, 1, 3, 0, 1, 1",
    "4, 2, 3, 0, 2, 1" // 0; 3 would need pixel 5
  })
  void countsPositions(int size, int kernel, int stride, int padding, int dilation, int expected) {
    assertEquals(expected, new Window(kernel, stride, padding, dilation).positions(size));
  }

  @Test
  void knowsItsSizes() {
    Window wide = new Window(5, 2, 2);
    ConvolutionShape shape = new ConvolutionShape(6, 10, 11, 4, THREE, wide, 2);
    assertEquals(10, shape.outHeight());
    assertEquals(6, shape.outWidth());
    assertEquals(6 * 10 * 11, shape.inputLength());
    assertEquals(4 * 10 * 6, shape.outputLength());
    assertEquals(4, shape.weightRows());
    assertEquals(3 * 3 * 5, shape.weightColumns());
    assertFalse(shape.pointwise());
    assertFalse(shape.depthwise());
    assertTrue(new ConvolutionShape(6, 10, 11, 12, THREE, wide, 6).depthwise());
    assertTrue(new ConvolutionShape(6, 9, 9, 3, Window.POINT, Window.POINT, 1).pointwise());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 3, 1, 1", // no channels
    "1, 0, 3, 1, 1", // no rows
    "1, 3, -1, 1, 1",
    "1, 3, 3, 0, 1",
    "4, 3, 3, 4, 0",
    "4, 3, 3, 4, 3", // 3 does not divide 4
    "4, 3, 3, 6, 4", // 4 does not divide 6
    "1, 65536, 65536, 1, 1", // 2^32 pixels
    "65536, 1024, 1024, 1, 1",
    "2147483647, 1, 1, 2147483647, 1", // more weights than an array holds
    "1, 2147483647, 1, 1, 1" // padded, the height wraps
  })
  void refusesWhatIsNoConvolution(int in, int height, int width, int out, int groups) {
    assertThrows(
        InvalidInputException.class,
        () -> new ConvolutionShape(in, height, width, out, THREE, THREE, groups));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 1",
    "32769, 1, 0, 1",
    "1, 0, 0, 1",
    "1, 1, -1, 1",
    "1, 1, 0, 0",
    "2147483647, 1, 0, 1"
  })
  void refusesWhatIsNoWindow(int kernel, int stride, int padding, int dilation) {
    assertThrows(InvalidInputException.class, () -> new Window(kernel, stride, padding, dilation));
  }

  @Test
  void refusesAWindowThatDoesNotFitAndSaysSo() {
    Window four = new Window(4, 1, 0);
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class, () -> new ConvolutionShape(1, 3, 9, 1, four, four, 1));
    assertEquals("a window that fits the padded image", refused.expected());
    Window far = new Window(32768, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertEquals(0, far.positions(1));
    assertThrows(InvalidInputException.class, () -> new ConvolutionShape(1, 1, 1, 1, far, far, 1));
  }
}
