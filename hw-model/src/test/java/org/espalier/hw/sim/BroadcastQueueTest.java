package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BroadcastQueueTest {

  private static long recurrence(int[][] columns, int elements, int depth) {
    BroadcastQueue queue = new BroadcastQueue(elements, depth);
    for (int[] column : columns) {
      queue.send(column, 0);
    }
    return queue.cycles();
  }

  /** Queues of cycles that are left, stepped cycle by cycle. */
  private static long stepped(int[][] columns, int elements, int depth) {
    List<Deque<Integer>> queues = new ArrayList<>();
    for (int k = 0; k < elements; k++) {
      queues.add(new ArrayDeque<>());
    }
    int next = 0;
    long cycle = 0;
    while (next < columns.length || queues.stream().anyMatch(queue -> !queue.isEmpty())) {
      if (next < columns.length && queues.stream().allMatch(queue -> queue.size() < depth)) {
        for (int k = 0; k < elements; k++) {
          queues.get(k).addLast(columns[next][k] == 0 ? 1 : columns[next][k]);
        }
        next++;
      }
      for (Deque<Integer> queue : queues) {
        if (!queue.isEmpty()) {
          int left = queue.removeFirst() - 1;
          if (left > 0) {
            queue.addFirst(left);
          }
        }
      }
      cycle++;
    }
    return cycle;
  }

  @Test
  void equalsQueuesThatAreSteppedCycleByCycle() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 500; run++) {
      int elements = random.nextInt(1, 7);
      int depth = random.nextInt(1, 9);
      int most = random.nextInt(1, 9);
      int[][] columns = new int[random.nextInt(0, 60)][elements];
      for (int[] column : columns) {
        for (int k = 0; k < elements; k++) {
          column[k] = random.nextInt(most + 1);
        }
      }
      assertEquals(stepped(columns, elements, depth), recurrence(columns, elements, depth));
    }
  }

  /**
   * By hand, two elements. Depth 1: columns take their maximum, 3 + 3 + 1 = 7. Depth 2: the first
   * element is done in cycles 3, 4, 5; the second in 1, 4 (sent in cycle 1), and then the third
   * column, sent in cycle 3, in 5.
   */
  @Test
  void deeperQueuesEvenOutTheLoad() {
    int[][] columns = {{3, 1}, {1, 3}, {1, 0}};
    assertEquals(7, recurrence(columns, 2, 1));
    assertEquals(5, recurrence(columns, 2, 2));
    assertEquals(5, recurrence(columns, 2, 9));
  }

  @Test
  void restartForgets() {
    BroadcastQueue queue = new BroadcastQueue(1, 2);
    assertEquals(0, queue.cycles());
    queue.send(new int[] {9, 5}, 1);
    assertEquals(5, queue.cycles());
    queue.restart();
    queue.send(new int[] {9, 5}, 0);
    assertEquals(9, queue.cycles());
  }
}
