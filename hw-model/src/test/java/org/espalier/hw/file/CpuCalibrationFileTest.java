package org.espalier.hw.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.cpu.KernelFamily;
import org.espalier.hw.cpu.KnownMachine;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuCalibrationFileTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("cpu.json");
    CpuCalibrationFile.write(file, KnownMachine.calibration());
  }

  @Test
  void comesBackAsItWas() {
    CpuCalibration read = CpuCalibrationFile.read(file);
    CpuCalibration known = KnownMachine.calibration();
    assertEquals(known.conditions(), read.conditions());
    for (KernelFamily family : KernelFamily.values()) {
      for (int i = 0; i < family.terms().size(); i++) {
        assertEquals(known.unitNs().get(family).get(i), read.unitNs().get(family).get(i), 1e-9);
      }
    }
  }

  @Test
  void refusesOtherKernelsAndSaysWhatToDo() throws IOException {
    String message = refusal("\"kernels\" : \"", "\"kernels\" : \"other-");
    assertTrue(message.contains("other-") && message.contains("calibrate again"), message);
    assertTrue(refusal("\"processor\" : \"", "\"processor\" : \"Another ").contains("Another "));
  }

  @Test
  void refusesDamageWithItsLine() throws IOException {
    assertTrue(refusal("\"entry\"", "\"entri\"").contains("unit_ns"));
    assertTrue(refusal("\"groups1\"", "\"groups9\"").contains("groups9"));
    assertTrue(refusal("\"visit\" : ", "\"visit\" : -").contains("from 0.0"));
    String format = refusal("calibration-1", "calibration-7");
    assertTrue(format.contains("cpu.json:2"), format);
  }

  private String refusal(String from, String to) throws IOException {
    Files.writeString(file, Files.readString(file).replace(from, to));
    String message =
        assertThrows(InvalidInputException.class, () -> CpuCalibrationFile.read(file)).getMessage();
    write();
    return message;
  }
}
