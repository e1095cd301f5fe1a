package org.espalier.hw.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.hw.arch.AcceleratorSpec;
import org.espalier.hw.arch.FormatBits;
import org.espalier.hw.arch.MacArray;
import org.espalier.hw.arch.MemoryLevel;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.arch.StorageLevel;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineFileTest {

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(MachineFile.schema());

  private static final String RIGHT =
      """
      name: small
      clock: 1.2 GHz
      units: 4
      macs: [2, 8]
      skipping: weights
      format: {weights: csr}
      mac_energy: 0.5 pJ
      gated_energy: 20 fJ
      memory:
        - name: SRAM
          capacity: 128 KiB
          bandwidth: 64 GB/s
          energy: 1.25 pJ/B
        - {name: DRAM, capacity: 2 GB, bandwidth: 3.35 TB/s, energy: 2 pJ/bit}
      """;

  @TempDir Path folder;

  private static AcceleratorSpec parse(String text) {
    return AcceleratorText.read(YamlText.parse("machine.yaml", text));
  }

  private static Set<ValidationMessage> problems(String text) {
    return SCHEMA.validate(text, InputFormat.YAML);
  }

  @Test
  void readsAMachine() throws IOException {
    assertEquals(
        new AcceleratorSpec(
            "small",
            new MacArray(1200, 4, 2, 8),
            Skipping.WEIGHTS,
            FormatBits.parse("csr"),
            FormatBits.DENSE,
            new AcceleratorSpec.MacEnergy(0.5, 0.02),
            List.of(
                new StorageLevel(new MemoryLevel("SRAM", 131_072, 64), 1.25),
                new StorageLevel(new MemoryLevel("DRAM", 2_000_000_000, 3350), 16))),
        parse(RIGHT));
    assertEquals(Set.of(), problems(RIGHT));
    Machine machine = MachineFile.read(Files.writeString(folder.resolve("m.yaml"), RIGHT));
    assertEquals("small", machine.name());
    assertEquals("4 units of 2 x 8 multipliers; skips zero weights", machine.summary());
  }

  @Test
  void examplesCanBeReadAndRun() throws IOException {
    Layer layer = Workloads.named("mobilenet-v1").layers().get(26);
    for (String name : MachineFile.examples()) {
      assertEquals(Set.of(), problems(MachineFile.example(name)));
      Path file = Files.writeString(folder.resolve(name), MachineFile.example(name));
      Machine machine = MachineFile.read(file);
      assertEquals(name, machine.name());
      assertTrue(machine.cost(layer).time().us() > 0);
    }
    assertThrows(IllegalArgumentException.class, () -> MachineFile.example("none"));
  }

  /** Line and key, what to do, and whether the schema can see it too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock: 1.2 GHz   | clock: 1200      | :2: clock  | write the unit, such as 800 MHz | true",
        "clock: 1.2 GHz   | clock: 1.2 gHz   | :2: clock  | write it like 800 MHz           | true",
        "clock: 1.2 GHz   | clock: -1.2 GHz  | :2: clock  | write it like 800 MHz           | true",
        "clock: 1.2 GHz   | clock: 0.0 GHz   | :2: clock  | a number above 0                | true",
        "clock: 1.2 GHz   | clock: 1e999 GHz | :2: clock  | write it like                   | false",
        "clock: 1.2 GHz   | clok: 1.2 GHz    | :1         | the key 'clock'                 | true",
        "units: 4         | unit: 4          | :3: unit   | 'unit'; correct or remove       | true",
        "units: 4         | units: 0         | :3: units  | from 1 to 1024                  | true",
        "units: 4         | units: 4.5       | :3: units  | a whole number                  | true",
        "'[2, 8]'         | '[2, 8, 3]'      | :4: macs   | 3 numbers                       | true",
        "'[2, 8]'         | '[2, -8]'        | :4: macs[1] | from 1 to 4096                 | true",
        "skipping: weights | skipping: all   | :5: skipping | none, weights, activations    | true",
        "weights: csr     | weights: rle:0   | :6: format.weights | rle:K                   | true",
        "weights: csr     | weight: csr      | :6: format.weight | a key among             | true",
        "20 fJ            | 2 pJ             | :8: gated_energy | at most mac_energy, 0.5   | false",
        "128 KiB          | 131072           | :11: memory[0].capacity | such as 128 KiB    | true",
        "128 KiB          | -128 KiB         | :11: memory[0].capacity | above 0            | true",
        "64 GB/s          | 64 GB            | :12: memory[0].bandwidth | like 3.35 TB/s    | true",
        "1.25 pJ/B        | 1.25 pJ          | :13: memory[0].energy | like 1.25 pJ/B       | true",
        "name: DRAM       | name: SRAM       | :14: memory[1].name | rename one of them     | false",
        "name: DRAM, capacity: 2 GB | name: DRAM | :14: memory[1] | the key 'capacity'      | true",
        "2 GB             | 0.5 B            | :14: memory[1].capacity | from 1 B            | false",
      })
  void saysWhereAndWhat(String right, String wrong, String place, String what, boolean inSchema) {
    String text = RIGHT.replace(right, wrong);
    assertFalse(text.equals(RIGHT));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> parse(text));
    assertEquals("machine.yaml" + place, e.place().replaceAll(" \\(.*\\)", ""), e.getMessage());
    assertTrue(e.getMessage().contains(what), e.getMessage());
    assertEquals(inSchema, !problems(text).isEmpty());
  }

  @Test
  void memoryIsAListWithEntries() {
    String head = RIGHT.substring(0, RIGHT.indexOf("memory:"));
    for (String memory : List.of("memory: []", "memory: 3", "", "memory: [3]", "memory:")) {
      assertThrows(InvalidInputException.class, () -> parse(head + memory));
      assertFalse(problems(head + memory).isEmpty(), memory);
    }
  }

  /** Whatever becomes of a file, it is read, or refused with a place. */
  @Test
  void damagedFilesAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(3);
    String alphabet = "{}[],:-&*!|>'\"%@`#?\n\t 0e.aB/\u0000\ufeff";
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(RIGHT);
      if (i < text.length()) {
        text.setLength(i);
      }
      for (int change = random.nextInt(4); change > 0 && text.length() > 0; change--) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        if (random.nextBoolean()) {
          text.setCharAt(at, c);
        } else {
          text.insert(at, c);
        }
      }
      try {
        parse(text.toString());
      } catch (InvalidInputException e) {
        assertTrue(e.place().matches("(?s)machine\\.yaml:\\d+.*"), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 1000, refused + " refused");
  }
}
