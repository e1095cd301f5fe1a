package org.espalier.sparse.format;

/**
 * The way from compressed rows to compressed columns: a stable counting sort by column, linear in
 * entries and columns.
 *
 * @param pointers where each column begins, columns + 1
 * @param indices the row of each entry, ascending within a column
 * @param order which entry of the rows comes here
 */
record LineOrder(int[] pointers, int[] indices, int[] order) {

  static LineOrder of(int[] rowPointers, int[] columnIndices, int columns) {
    int[] pointers = new int[columns + 1];
    for (int column : columnIndices) {
      pointers[column + 1]++;
    }
    for (int column = 0; column < columns; column++) {
      pointers[column + 1] += pointers[column];
    }
    int[] next = pointers.clone();
    int[] indices = new int[columnIndices.length];
    int[] order = new int[columnIndices.length];
    for (int row = 0; row + 1 < rowPointers.length; row++) {
      for (int i = rowPointers[row]; i < rowPointers[row + 1]; i++) {
        int to = next[columnIndices[i]]++;
        indices[to] = row;
        order[to] = i;
      }
    }
    return new LineOrder(pointers, indices, order);
  }
}
