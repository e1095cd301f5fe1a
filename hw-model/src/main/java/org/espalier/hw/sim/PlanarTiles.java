package org.espalier.hw.sim;

import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.LayerShape;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;

/**
 * How SCNN cuts a layer (Parashar et al. 2017, section 3): each image into planar tiles, one for
 * each processing element, and the outputs into groups whose sums fit the accumulators of an
 * element, the halo around its tile included. Where one output of a tile does not fit, the image is
 * cut into several passes of tiles.
 *
 * <p>A matrix product is a pointwise convolution whose pixels are its columns, laid out as a
 * rectangle that is nearly square.
 */
final class PlanarTiles {

  private final ScnnChip chip;
  private final int height;
  private final int width;
  private final int images;
  private final int passesDown;
  private final int passesAcross;
  private final int tileHeight;
  private final int tileWidth;
  private final int outputGroup;
  private final StridePhases phases;
  private final int[] pixels;

  PlanarTiles(LayerShape layer, ScnnChip chip) {
    this.chip = chip;
    Window vertical = Window.POINT;
    Window horizontal = Window.POINT;
    if (layer instanceof Convolution convolution) {
      ConvolutionShape shape = convolution.shape();
      height = shape.inHeight();
      width = shape.inWidth();
      images = convolution.batch();
      vertical = shape.vertical();
      horizontal = shape.horizontal();
    } else {
      int columns = layer.activationColumns();
      width = (int) Math.ceil(Math.sqrt(columns));
      height = (columns + width - 1) / width;
      images = 1;
    }
    int passes = 1;
    while (sums(tile(height, chip.elementRows() * passes), vertical)
                * sums(tile(width, chip.elementColumns() * passes), horizontal)
            > chip.accumulators()
        && (passes < height || passes < width)) {
      passes++;
    }
    tileHeight = tile(height, chip.elementRows() * passes);
    tileWidth = tile(width, chip.elementColumns() * passes);
    passesDown = tile(height, chip.elementRows() * tileHeight);
    passesAcross = tile(width, chip.elementColumns() * tileWidth);
    long each = sums(tileHeight, vertical) * sums(tileWidth, horizontal);
    outputGroup = (int) Math.max(1, Math.min(layer.gemm().m(), chip.accumulators() / each));
    phases = new StridePhases(vertical, horizontal);
    pixels = new int[passesDown * passesAcross * chip.elements() * phases.count()];
    for (int pixel = 0; pixel < layer.activationColumns() / images; pixel++) {
      pixels[slot(pixel) * phases.count() + phase(pixel)]++;
    }
  }

  private static int tile(int size, int parts) {
    return (size + parts - 1) / parts;
  }

  /** Outputs along an axis that a tile adds to. */
  private static long sums(int tile, Window window) {
    return (tile + window.extent() - 2) / window.stride() + 1;
  }

  /** Returns the images times the passes over one. */
  int passes() {
    return images * passesDown * passesAcross;
  }

  /** Returns the outputs of a group. */
  int outputGroup() {
    return outputGroup;
  }

  /** Returns the phases of the stride. */
  StridePhases phases() {
    return phases;
  }

  /** Returns the phase of a column of the activations. */
  int phase(int column) {
    int pixel = column % (height * width);
    return phases.ofPixel(pixel / width, pixel % width);
  }

  /** Returns the pixels of a phase in an element's tile of a pass over an image. */
  int pixels(int pass, int element, int phase) {
    int slot = pass % (passesDown * passesAcross) * chip.elements() + element;
    return pixels[slot * phases.count() + phase];
  }

  /** Returns the slot, pass * elements + element, that holds a column of the activations. */
  int slot(int column) {
    int pixel = column % (height * width);
    int down = pixel / width / tileHeight;
    int across = pixel % width / tileWidth;
    int pass =
        (column / (height * width) * passesDown + down / chip.elementRows()) * passesAcross
            + across / chip.elementColumns();
    int element =
        down % chip.elementRows() * chip.elementColumns() + across % chip.elementColumns();
    return pass * chip.elements() + element;
  }
}
