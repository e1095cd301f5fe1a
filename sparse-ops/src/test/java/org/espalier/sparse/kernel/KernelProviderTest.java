package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class KernelProviderTest {

  /** The build asks for the module, so a run without SIMD is a fault of the build: no skipping. */
  @Test
  void simdIsActiveInThisBuild() {
    assertTrue(KernelProvider.vectorModulePresent(), "surefire must pass --add-modules");
    assertTrue(SparseOps.simdActive(), "the module is there, yet the kernels are scalar");
    assertTrue(SparseOps.kernelName().matches("simd-(128|256|512|1024|2048)"));
  }

  @Test
  void eachWidthIsItsOwn() {
    assertEquals(1, KernelProvider.of("scalar").lanes());
    for (int bits : new int[] {128, 256, 512}) {
      SparseKernels kernels = KernelProvider.of("simd-" + bits);
      assertEquals("simd-" + bits, kernels.name());
      assertEquals(bits / 32, kernels.lanes());
    }
  }

  @Test
  void withoutTheModuleOneWarningNamesTheFlag() {
    Recorder log = new Recorder();
    assertEquals("scalar", KernelProvider.pick(null, false, log).name());
    assertEquals(1, log.lines.size());
    assertTrue(log.lines.get(0).startsWith("WARNING The SIMD kernels are off: "));
    assertTrue(log.lines.get(0).contains("--add-modules jdk.incubator.vector"));
  }

  @Test
  void withTheModuleOrAForcedChoiceNothingIsLogged() {
    Recorder log = new Recorder();
    assertTrue(KernelProvider.pick(null, true, log).lanes() > 1);
    assertEquals("scalar", KernelProvider.pick("scalar", false, log).name());
    assertEquals("simd-256", KernelProvider.pick("simd-256", true, log).name());
    assertEquals(List.of(), log.lines);
  }

  @Test
  void refusesWhatIsNoChoice() {
    for (String value : List.of("", "SIMD", "simd-64", "avx")) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class, () -> KernelProvider.pick(value, true, new Recorder()));
      assertEquals(
          "system property espalier.kernels: expected one of scalar, simd, simd-128, simd-256,"
              + " simd-512, found '"
              + value
              + "'; correct or remove -Despalier.kernels",
          error.getMessage());
    }
    InvalidInputException missing =
        assertThrows(
            InvalidInputException.class, () -> KernelProvider.pick("simd", false, new Recorder()));
    assertTrue(missing.remedy().contains("--add-modules jdk.incubator.vector"));
  }

  /** A program as a user may start it: the flag forgotten, the classes the same. */
  public static final class Program {
    private Program() {}

    /** Multiplies by hand-checked values; the exit code says how it went. */
    public static void main(String[] args) {
      float[] y = new float[2];
      SparseOps.multiply(
          org.espalier.sparse.format.Csr.ofDense(new float[] {2, 0, 0, 3}, 2, 2),
          new float[] {5, 7},
          1,
          y);
      SparseOps.multiply(
          org.espalier.sparse.format.Csr.ofDense(new float[] {1}, 1, 1), y, 2, new float[2]);
      System.exit(y[0] == 10 && y[1] == 21 && !SparseOps.simdActive() ? 7 : 1);
    }
  }

  @Test
  void aJvmWithoutTheModuleComputesAndWarnsOnce() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertEquals(7, process.waitFor(), output);
    assertEquals(2, output.split("--add-modules", -1).length, output);
  }

  private static final class Recorder implements System.Logger {
    private final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "recorder";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
      lines.add(level + " " + format);
    }
  }
}
