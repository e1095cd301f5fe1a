package org.espalier.sparse.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test of every module that writes to standard output or standard error: a test run
 * that prints hides the line that matters. Found by JUnit through {@code META-INF/services}.
 */
public final class SilenceExtension implements BeforeEachCallback, AfterEachCallback {

  private record Streams(PrintStream out, PrintStream err, ByteArrayOutputStream written) {}

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SilenceExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    context.getStore(NAMESPACE).put("streams", new Streams(System.out, System.err, written));
    PrintStream recorder = new PrintStream(written, true, StandardCharsets.UTF_8);
    System.setOut(recorder);
    System.setErr(recorder);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Streams streams = context.getStore(NAMESPACE).remove("streams", Streams.class);
    System.setOut(streams.out());
    System.setErr(streams.err());
    String text = streams.written().toString(StandardCharsets.UTF_8);
    if (!text.isEmpty()) {
      throw new AssertionError("tests print nothing, but this one wrote: " + text);
    }
  }
}
