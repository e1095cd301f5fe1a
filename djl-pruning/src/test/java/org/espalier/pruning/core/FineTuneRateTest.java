package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FineTuneRateTest {

  private final Logger logger = Logger.getLogger(FineTuneRate.class.getName());
  private final List<String> lines = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getLevel() + ": " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  void theDefaultIsATenthAndSilent() {
    assertEquals(0.005f, FineTuneRate.DEFAULT.of(0.05f));
    assertEquals(List.of(), lines);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, true",
    "0.03, true",
    "0.1, true", // the ends included
    "0.0099, false",
    "0.1001, false",
    "1, false",
    "1e-6, false"
  })
  void oneToTenPercentIsRecommended(double fraction, boolean recommended) {
    FineTuneRate rate = new FineTuneRate(fraction);
    assertEquals(recommended, rate.isRecommended());
    assertEquals((float) (fraction * 0.5f), rate.of(0.5f));
    assertEquals(recommended ? 0 : 1, lines.size());
  }

  @Test
  void outsideItWarnsInOneLine() {
    assertEquals(0.25f, new FineTuneRate(0.5).of(0.5f));
    assertEquals(
        List.of(
            "WARNING: Fine-tuning at 0.5 of the original learning rate is outside the usual 0.01 to"
                + " 0.1 (Han et al. 2015); compare the accuracy before and after."),
        lines);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, 1e-7, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoFraction(double fraction) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> new FineTuneRate(fraction));
    assertTrue(
        refusal
            .getMessage()
            .startsWith(
                "fine-tune rate: expected a fraction of the original learning rate, in [1e-6, 1],"
                    + " found "
                    + fraction),
        refusal.getMessage());
  }
}
