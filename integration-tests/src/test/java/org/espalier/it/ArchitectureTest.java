package org.espalier.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.espalier.sparse.EspalierException;

/** The arrows of the house: who may know whom. docs/modules.md draws them. */
@AnalyzeClasses(
    packages = "org.espalier",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

  /** Leaves out the test helpers that sparse-ops shares as a jar. */
  static final class NoTestJars implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule SPARSE_KNOWS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("org.espalier.sparse..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.espalier.sparse..", "java..", "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule HARDWARE_KNOWS_ONLY_SPARSE =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.hw..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "org.tribuo..",
              "org.espalier.pruning..",
              "org.espalier.tribuo..",
              "org.espalier.examples..");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.pruning.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "org.tribuo..",
              "org.espalier.pruning.djl..",
              "org.espalier.pruning.report..",
              "org.espalier.tribuo..",
              "org.espalier.examples..");

  /** djl.network, then djl.evidence, then djl.capture: what measures is built in layers. */
  @ArchTest
  static final ArchRule DJL_PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.espalier.pruning.djl.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PRUNING_KNOWS_NO_TRIBUO =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.pruning..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tribuo..", "org.espalier.tribuo..", "org.espalier.examples..");

  @ArchTest
  static final ArchRule ADAPTERS_KNOW_NO_EXAMPLES =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.tribuo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.espalier.examples..");

  @ArchTest
  static final ArchRule THE_VECTOR_API_STAYS_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.espalier.sparse.kernel.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule SIMD_IS_CHOSEN_AT_RUN_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.espalier.sparse.kernel.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.espalier.sparse.kernel.simd..");

  @ArchTest
  static final ArchRule PACKAGES_OF_SPARSE_HAVE_NO_CYCLES =
      slices().matching("org.espalier.sparse.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_PRUNING_HAVE_NO_CYCLES =
      slices().matching("org.espalier.pruning.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ERRORS_OF_USERS_ARE_ONE_FAMILY =
      classes()
          .that()
          .resideInAPackage("org.espalier..")
          .and()
          .areAssignableTo(RuntimeException.class)
          .should()
          .beAssignableTo(EspalierException.class);

  @ArchTest
  static final ArchRule LIBRARIES_DO_NOT_PRINT =
      noClasses()
          .that(
              resideInAPackage("org.espalier.sparse..")
                  .or(resideInAPackage("org.espalier.hw.."))
                  .or(resideInAPackage("org.espalier.pruning.."))
                  .or(resideInAPackage("org.espalier.tribuo..")))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
