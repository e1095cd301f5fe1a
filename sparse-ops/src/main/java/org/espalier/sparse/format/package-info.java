/**
 * Sparse formats: how the surviving weights of a matrix are stored, what that costs in bytes, and
 * whether what is stored is sound.
 */
package org.espalier.sparse.format;
