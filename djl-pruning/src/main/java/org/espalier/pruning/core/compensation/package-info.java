/**
 * Compensations: what happens to the surviving weights when others die, so that the network's
 * output changes less than by zeroing alone.
 */
package org.espalier.pruning.core.compensation;
