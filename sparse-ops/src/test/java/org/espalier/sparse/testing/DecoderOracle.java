package org.espalier.sparse.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;

/**
 * What holds for a decoder and any bytes at all: it refuses them with an {@link EspalierException},
 * or what it reads is as its header says; it allocates in proportion to the file; it ends. An
 * {@link AssertionError} says what did not hold. For one thread.
 */
public final class DecoderOracle {

  /** Opens a file. */
  @FunctionalInterface
  public interface Opener {
    /** Opens a file or refuses it. */
    TensorFile open(Path file);
  }

  /**
   * Bytes allocated for a byte read: headers, names, records and maps while a file is opened; for
   * an int8 array in Fortran order two float32 arrays and the positions, 12 in all.
   */
  private static final long MOST_PER_BYTE = 64;

  /** Buffers, whatever the file: 64 KiB each for a stream, a chunk and the inflater, and errors. */
  private static final long CONSTANT = 1 << 19;

  private static final int ATTEMPTS = 4;

  private static final long MOST_NANOS = 10_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Opener opener;
  private final long valueBytesPerByte;

  private long files;
  private long opened;
  private long decoded;
  private long longestNanos;
  private long mostAllocated;
  private double largestShare;

  /**
   * Judges a decoder.
   *
   * @param valueBytesPerByte most bytes of values, as the headers count them, for a byte of a file
   */
  public DecoderOracle(Opener opener, long valueBytesPerByte) {
    this.opener = opener;
    this.valueBytesPerByte = valueBytesPerByte;
  }

  /** Reads all that can be read of a file, and returns it: nothing if the file is refused. */
  public List<Tensor> decode(Path file) {
    long size = size(file);
    long begin = System.nanoTime();
    files++;
    List<Tensor> tensors = new ArrayList<>();
    Optional<TensorFile> source = measured("opening", size, size, () -> opener.open(file));
    if (source.isPresent()) {
      opened++;
      try (TensorFile open = source.get()) {
        List<TensorHeader> headers = open.headers();
        long promised = headers.stream().mapToLong(TensorHeader::bytes).sum();
        require(promised <= valueBytesPerByte * size, promised + " bytes in a file of " + size);
        headers.forEach(header -> read(open, header, size).ifPresent(tensors::add));
      }
    }
    decoded += tensors.isEmpty() ? 0 : 1;
    long nanos = System.nanoTime() - begin;
    longestNanos = Math.max(longestNanos, nanos);
    require(nanos < MOST_NANOS, nanos + " ns");
    return tensors;
  }

  /** Fails unless tensors came back as they were. */
  public static void requireSame(List<Tensor> expected, List<Tensor> found) {
    require(expected.equals(found), "expected " + expected + ", came back as " + found);
  }

  /** Returns what was seen so far, in one line. */
  public String report() {
    return String.format(
        Locale.ROOT,
        "files %d, opened %d, decoded %d, longest %.1f ms, largest allocation %d bytes,"
            + " %.2f of what is allowed",
        files,
        opened,
        decoded,
        longestNanos * 1e-6,
        mostAllocated,
        largestShare);
  }

  private Optional<Tensor> read(TensorFile open, TensorHeader header, long size) {
    long bytes = Math.max(size, header.bytes());
    Optional<Tensor> narrow = measured("reading " + header, size, bytes, () -> open.read(header));
    Optional<Tensor> wide =
        measured("reading all of " + header, size, bytes, () -> open.readWide(header));
    narrow.ifPresent(tensor -> requireAgreement(header, tensor, wide));
    return narrow;
  }

  /** What float32 holds exactly, the wider reading must hold too, with the same values. */
  private static void requireAgreement(TensorHeader header, Tensor tensor, Optional<Tensor> wide) {
    require(
        tensor.name().equals(header.name())
            && java.util.Arrays.equals(tensor.shape(), header.shape()),
        tensor + " read for " + header);
    Tensor other = wide.orElseThrow(() -> new AssertionError(header + " is refused if read wide"));
    boolean same = tensor.equals(other);
    if (other.type() == Tensor.Type.FLOAT64) {
      double[] doubles = other.doubles();
      float[] floats = tensor.floats();
      same = doubles.length == floats.length;
      for (int i = 0; same && i < floats.length; i++) {
        same = Double.compare(doubles[i], floats[i]) == 0;
      }
    }
    require(same, tensor + " differs from the wider reading");
  }

  private <T> Optional<T> measured(String what, long size, long bytes, Supplier<T> work) {
    long allowed = CONSTANT + MOST_PER_BYTE * bytes;
    long allocated = Long.MAX_VALUE;
    Optional<T> result = Optional.empty();
    // Loading classes allocates too, but only once: what a file costs, it costs again.
    for (int attempt = 0; allocated > allowed && attempt < ATTEMPTS; attempt++) {
      result.ifPresent(DecoderOracle::close);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      result = refusedOrDone(work);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    mostAllocated = Math.max(mostAllocated, allocated);
    largestShare = Math.max(largestShare, (double) allocated / allowed);
    require(
        allocated <= allowed,
        what + " allocates " + allocated + " bytes for a file of " + size + " bytes");
    return result;
  }

  private static <T> Optional<T> refusedOrDone(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (EspalierException e) {
      require(!e.getMessage().contains("\n"), "more than one line: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void close(Object result) {
    if (result instanceof TensorFile open) {
      open.close();
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
