package org.espalier.sparse.kernel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/**
 * Runs the parts of a product on an executor and on the calling thread, which takes over parts that
 * no other thread has begun: it ends even if the executor is busy, refuses work, or is the one that
 * runs the caller. Nobody spins while waiting.
 */
final class Parts {

  private Parts() {}

  static void run(int parts, ExecutorService executor, IntConsumer work) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts must be at least 1, found " + parts);
    }
    FutureTask<?>[] tasks = new FutureTask<?>[parts];
    for (int part = 0; part < parts; part++) {
      int index = part;
      tasks[part] = new FutureTask<>(() -> work.accept(index), null);
    }
    try {
      boolean taken = true;
      for (int part = 1; part < parts && taken; part++) {
        taken = offer(executor, tasks[part]);
      }
    } finally {
      // Also if the executor failed: parts that it has begun write to Y.
      for (FutureTask<?> task : tasks) {
        task.run(); // does nothing if another thread has begun it
      }
      awaitAll(tasks);
    }
  }

  /** Returns whether the executor took the task; if not, the calling thread does it. */
  private static boolean offer(ExecutorService executor, Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Waits for every part, also when interrupted or failed: until then they write to Y. */
  private static void awaitAll(FutureTask<?>[] tasks) {
    boolean interrupted = false;
    Throwable failure = null;
    for (int part = 0; part < tasks.length; ) {
      try {
        tasks[part].get();
        part++;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        failure = e.getCause();
        part++;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new IllegalStateException("a part of the product failed", failure);
    }
  }
}
