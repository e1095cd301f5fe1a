/**
 * Masks: which weights of a tensor live, how many, and how the best ones are chosen exactly. {@link
 * org.espalier.sparse.mask.Counts} holds the one rounding rule, {@link
 * org.espalier.sparse.mask.Selection} the one tie rule of the whole project.
 */
package org.espalier.sparse.mask;
