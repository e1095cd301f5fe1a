/**
 * What every module of Espalier shares: the exceptions that tell a user what was wrong with an
 * input or an output, and where.
 *
 * <p>The packages below hold masks, patterns, sparse formats and the kernels that compute with
 * them. Nothing here knows of Deep Java Library or Tribuo.
 */
package org.espalier.sparse;
