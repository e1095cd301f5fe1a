/** Sparse networks against Tribuo's own models on real data: quality, size, speed. */
package org.espalier.experiments.tribuo;
