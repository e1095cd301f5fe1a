package org.espalier.sparse.kernel;

/**
 * What a matrix is multiplied with.
 *
 * @param x columns of the matrix x n
 * @param n columns of X and Y, at least 1
 * @param y rows of the matrix x n, overwritten
 * @param epilogue bias, residual and ReLU
 */
record Operands(float[] x, int n, float[] y, Epilogue epilogue) {}
