/** Structured pruning by one call: score, rank, choose, remove, fine-tune, again. */
package org.espalier.pruning.structured.run;
