package org.espalier.sparse.kernel.simd;

/**
 * A few vectors of columns of X, and where their results go. Vector v covers the columns from
 * {@code column + v * lanes} on, except for the last one: it starts at {@code lastColumn}, which
 * lies further left when X ends inside the vector. Columns covered twice get the same value twice.
 *
 * @param data one row of {@code stride} values per row of X, from {@code base} on
 * @param vectors how many vectors a row holds, 1 to 4
 */
record Panel(float[] data, int base, int stride, int vectors, int column, int lastColumn) {}
