/**
 * Patterns: which sets of weights may die together. A pattern cuts a tensor into units, says how
 * many of them may live, and chooses the best ones.
 */
package org.espalier.sparse.pattern;
