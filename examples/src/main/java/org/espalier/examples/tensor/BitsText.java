package org.espalier.examples.tensor;

import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.codec.CodeBits;
import org.espalier.sparse.codec.CodecSettings;
import org.espalier.sparse.codec.NamedBits;
import org.espalier.sparse.io.NameGlob;

/**
 * The option {@code --bits} of {@code espalier encode}: a comma-separated list of {@code BITS} for
 * all weights, {@code conv=BITS} and {@code fc=BITS} for convolutions and fully connected layers,
 * and {@code GLOB=BITS} for tensors by name. BITS is a number for weights, or two with a slash for
 * weights and positions. Commas in braces belong to a glob.
 */
final class BitsText {

  private static final String OPTION = "--bits";

  private BitsText() {}

  /**
   * Returns settings with what the option says.
   *
   * @param settings for what it does not say
   * @throws InvalidInputException if an entry cannot be read
   */
  static CodecSettings read(List<String> texts, CodecSettings settings) {
    CodecSettings changed = settings;
    List<NamedBits> named = new ArrayList<>();
    for (String entry : entries(texts)) {
      int split = entry.lastIndexOf('=');
      String names = entry.substring(0, Math.max(0, split));
      String bits = entry.substring(split + 1);
      if (split < 0 || names.equals("conv")) {
        changed = changed.withConvolution(bits(entry, bits, settings.convolution().indexBits()));
      }
      if (split < 0 || names.equals("fc")) {
        changed = changed.withLinear(bits(entry, bits, settings.linear().indexBits()));
      }
      if (split >= 0 && !names.equals("conv") && !names.equals("fc")) {
        CodeBits value = bits(entry, bits, settings.linear().indexBits());
        named.add(new NamedBits(NameGlob.of(OPTION, names), value));
      }
    }
    return changed.withNamed(named);
  }

  private static CodeBits bits(String entry, String text, int indexBits) {
    String[] numbers = text.split("/", -1);
    if (numbers.length > 2) {
      throw refused(entry, null);
    }
    try {
      return new CodeBits(
          Integer.parseInt(numbers[0]),
          numbers.length == 1 ? indexBits : Integer.parseInt(numbers[1]));
    } catch (NumberFormatException | InvalidInputException e) {
      throw refused(entry, e);
    }
  }

  private static InvalidInputException refused(String entry, Exception cause) {
    return new InvalidInputException(
        OPTION,
        "BITS, conv=BITS, fc=BITS or GLOB=BITS, where BITS is one number from 1 to 12 or two as in"
            + " 5/8",
        "'" + entry + "'",
        "for example --bits conv=8,fc=5",
        cause);
  }

  private static List<String> entries(List<String> texts) {
    List<String> entries = new ArrayList<>();
    for (String text : texts) {
      int begin = 0;
      int open = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        open += c == '{' ? 1 : 0;
        open -= c == '}' ? 1 : 0;
        if (c == ',' && open == 0) {
          entries.add(text.substring(begin, i));
          begin = i + 1;
        }
      }
      entries.add(text.substring(begin));
    }
    return entries;
  }
}
