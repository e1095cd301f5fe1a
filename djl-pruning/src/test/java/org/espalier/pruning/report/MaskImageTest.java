package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskImageTest {

  private static final int WHITE = 0xffffff;
  private static final int DARK = 0x1c1c1c;

  @Test
  void onePixelPerWeightKeptIsDark() throws IOException {
    Mask mask = Sample.random(5, 40, 3, 5, 7);
    MaskImage image = MaskImage.of(new MaskPicture("conv", mask, false));
    BufferedImage pixels = decode(image.png());
    assertEquals(1, image.box());
    assertEquals(35, pixels.getWidth());
    assertEquals(3, pixels.getHeight());
    for (int i = 0; i < mask.elements(); i++) {
      int expected = mask.isKept(i) ? DARK : WHITE;
      assertEquals(expected, pixels.getRGB(i % 35, i / 35) & 0xffffff);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "300, 784, 784, 300, 1",
    "1, 1024, 1024, 1, 1",
    "1, 1025, 513, 1, 2",
    "2500, 10, 4, 834, 3",
    "7, 1, 1, 7, 1"
  })
  void pagesShowAtMost1024PixelsASide(int rows, int columns, int width, int height, int box)
      throws IOException {
    MaskImage image = MaskImage.of(new MaskPicture("w", Mask.dense(rows, columns), false));
    BufferedImage pixels = decode(image.png());
    assertEquals(width, pixels.getWidth());
    assertEquals(height, pixels.getHeight());
    assertEquals(width, image.png().width());
    assertEquals(height, image.png().height());
    assertEquals(box, image.box());
    // Dense masks are dark to the last box, even where it is smaller than the others.
    // Samples, not getRGB: Java takes gray for linear light, browsers do not.
    int last = pixels.getRaster().getSample(width - 1, height - 1, 0);
    assertEquals(box == 1 ? 1 : DARK & 0xff, last);
  }

  @Test
  void largeMasksAreAveraged() throws IOException {
    byte[] kept = new byte[2 * 1026];
    kept[0] = kept[1] = kept[1026] = kept[1027] = 1;
    kept[2] = kept[3] = 1;
    MaskImage image = MaskImage.of(new MaskPicture("w", Mask.ofBytes(kept, 2, 1026), false));
    BufferedImage pixels = decode(image.png());
    assertEquals(513, pixels.getWidth());
    assertEquals(1, pixels.getHeight());
    // 255 - share * (255 - 28) for shares of 1, 1/2 and 0.
    assertEquals(28, pixels.getRaster().getSample(0, 0, 0));
    assertEquals(142, pixels.getRaster().getSample(1, 0, 0));
    assertEquals(255, pixels.getRaster().getSample(2, 0, 0));
  }

  @Test
  void inputPixelsAreLaidOutAsAnImage() throws IOException {
    Mask mask = Sample.digits(30, 3000);
    InputImage image = InputImage.of(new MaskPicture("fc1", mask, true));
    assertEquals(1, image.channels().size());
    int[] survivors = new int[784];
    for (int i = 0; i < mask.elements(); i++) {
      survivors[i % 784] += mask.isKept(i) ? 1 : 0;
    }
    BufferedImage pixels = decode(image.channels().get(0));
    assertEquals(28, pixels.getWidth());
    assertEquals(28, pixels.getHeight());
    boolean anyMost = false;
    for (int p = 0; p < 784; p++) {
      assertTrue(survivors[p] <= image.most());
      int color = pixels.getRGB(p % 28, p / 28) & 0xffffff;
      assertEquals(survivors[p] == 0, color == 0x440154, "none is the dark end of viridis");
      assertEquals(survivors[p] == image.most(), color == 0xfde725, "most is its bright end");
      anyMost |= survivors[p] == image.most();
    }
    assertTrue(anyMost);
  }

  @Test
  void colorImagesHaveOnePicturePerChannel() {
    InputImage image = InputImage.of(new MaskPicture("w", Mask.dense(2, 3 * 32 * 32), true));
    assertEquals(3, image.channels().size());
    assertEquals(32, image.channels().get(2).width());
    assertEquals(2, image.most());
  }

  @Test
  void whatIsNoImageHasNoPicture() {
    assertNull(InputImage.of(new MaskPicture("hidden", Mask.dense(10, 100), false)));
    assertNull(InputImage.of(new MaskPicture("w", Mask.dense(2, 1001), true)));
  }

  @Test
  void emptyMasksAreWhite() throws IOException {
    Mask none = Mask.ofBytes(new byte[2 * 1100], 2, 1100);
    BufferedImage pixels = decode(MaskImage.of(new MaskPicture("w", none, false)).png());
    assertEquals(WHITE, pixels.getRGB(0, 0) & 0xffffff);
    Mask square = Mask.ofBytes(new byte[100], 1, 100);
    assertEquals(0, InputImage.of(new MaskPicture("w", square, true)).most());
  }

  private static BufferedImage decode(Png png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png.bytes()));
  }
}
