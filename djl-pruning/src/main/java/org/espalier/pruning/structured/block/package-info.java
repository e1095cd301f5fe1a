/**
 * Blocks where DJL's cannot express what is left of them: attention with fewer heads, and the
 * encoder and BERT around it. They compute what DJL's do and name children and parameters alike.
 */
package org.espalier.pruning.structured.block;
