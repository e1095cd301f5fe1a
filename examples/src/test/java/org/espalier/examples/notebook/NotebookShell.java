package org.espalier.examples.notebook;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Executes cells as the kernel IJava 1.3.0 does, in a JVM of its own: the imports of its start, the
 * snippets of a cell one after the other, the same rules for what is a failure. The magics that put
 * jars on the class path do nothing here, since the class path of the tests has them already;
 * {@code display} records what it is given. What notebooks print is swallowed.
 */
final class NotebookShell implements AutoCloseable {

  /** From {@code ijava-jshell-init.jshell} of IJava 1.3.0; then what a kernel offers to cells. */
  private static final String START =
      """
      import java.util.*;
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.util.concurrent.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      List<Object> displayedByTheNotebook = new ArrayList<>();
      String display(Object shown) {
        displayedByTheNotebook.add(shown);
        return "";
      }
      """;

  private static final String COUNT_DISPLAYED =
      "displayedByTheNotebook.stream()"
          + ".filter(shown -> shown instanceof java.awt.image.BufferedImage).count()";

  /** What {@code toString} of a picture begins with. */
  private static final String PICTURE = "BufferedImage@";

  private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*%(%?\\w+).*$");
  private static final List<String> CLASS_PATH_MAGICS = List.of("jars", "maven");

  private final JShell shell;
  private int pictureResults;

  /** A cell that the kernel would report as failed. */
  static final class CellException extends Exception {

    private static final long serialVersionUID = 1L;

    CellException(String message) {
      super(message);
    }
  }

  /**
   * Starts a JVM with the class path of this one.
   *
   * @param properties system properties of the notebook
   */
  NotebookShell(Map<String, String> properties) throws CellException {
    String classPath = System.getProperty("java.class.path");
    List<String> options = new ArrayList<>(List.of("-cp", classPath, "-Xmx2g"));
    options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    options.add("--enable-native-access=ALL-UNNAMED");
    properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    shell =
        JShell.builder()
            .remoteVMOptions(options.toArray(String[]::new))
            .out(nowhere)
            .err(nowhere)
            .build();
    shell.addToClasspath(classPath);
    execute(START);
  }

  /**
   * Executes a cell.
   *
   * @param code lines of magics, and snippets
   * @return the text of the last snippet's value; null if it has none
   * @throws CellException saying which snippet failed, and why
   */
  String execute(String code) throws CellException {
    String value = null;
    CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(withoutMagics(code));
    while (next.completeness().isComplete()) {
      value = evaluate(next.source());
      next = shell.sourceCodeAnalysis().analyzeCompletion(next.remaining());
    }
    if (next.completeness() != Completeness.EMPTY) {
      throw new CellException("incomplete: " + next.remaining().strip());
    }
    if (value != null && value.startsWith(PICTURE)) {
      pictureResults++;
    }
    return value;
  }

  /** Returns how many pictures cells have shown so far: displayed, or as the value of a cell. */
  int pictures() throws CellException {
    return pictureResults + Integer.parseInt(execute(COUNT_DISPLAYED));
  }

  private String evaluate(String snippet) throws CellException {
    String value = null;
    for (SnippetEvent event : shell.eval(snippet)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      if (event.exception() != null) {
        throw new CellException(describe(event.exception()) + "\nin: " + snippet);
      }
      if (!event.status().isDefined()) {
        throw new CellException(
            "does not compile: " + reasons(event.snippet()) + "\nin: " + snippet);
      }
      value = event.value();
    }
    return value;
  }

  /** What the compiler says, or the names that a method or class still waits for. */
  private String reasons(Snippet snippet) {
    Stream<String> diagnostics =
        shell.diagnostics(snippet).map(diagnostic -> diagnostic.getMessage(Locale.ROOT));
    Stream<String> unknown =
        snippet instanceof DeclarationSnippet declaration
            ? shell.unresolvedDependencies(declaration)
            : Stream.empty();
    return Stream.concat(diagnostics, unknown).collect(Collectors.joining("; "));
  }

  private static String describe(JShellException exception) {
    return exception instanceof EvalException thrown
        ? thrown.getExceptionClassName() + ": " + thrown.getMessage()
        : exception.toString();
  }

  private static String withoutMagics(String code) throws CellException {
    List<String> unknown =
        MAGIC
            .matcher(code)
            .results()
            .map(result -> result.group(1))
            .filter(magic -> !CLASS_PATH_MAGICS.contains(magic))
            .toList();
    if (!unknown.isEmpty()) {
      throw new CellException("unknown magic: " + unknown.get(0));
    }
    return MAGIC.matcher(code).replaceAll("");
  }

  @Override
  public void close() {
    shell.close();
  }
}
