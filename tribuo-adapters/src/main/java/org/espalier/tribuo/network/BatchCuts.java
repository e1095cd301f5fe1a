package org.espalier.tribuo.network;

/**
 * How an epoch falls into batches. A rest of one example joins the batch before it, because batch
 * normalization cannot be trained with one.
 *
 * @param examples at least 1
 * @param size of a batch, at least 1
 */
record BatchCuts(int examples, int size) {

  /** Returns the batches of an epoch. */
  int count() {
    int whole = examples / size;
    int rest = examples % size;
    return rest == 0 || (rest == 1 && whole > 0) ? whole : whole + 1;
  }

  /** Returns where a batch begins. */
  int begin(int batch) {
    return batch * size;
  }

  /** Returns where a batch ends. */
  int end(int batch) {
    return batch == count() - 1 ? examples : (batch + 1) * size;
  }
}
