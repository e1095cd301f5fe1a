/**
 * Structured pruning: which channels of a network belong together, and a smaller network without
 * some of them.
 */
package org.espalier.pruning.structured;
