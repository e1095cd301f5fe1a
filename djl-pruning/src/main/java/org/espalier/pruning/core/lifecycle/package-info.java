/**
 * Lifecycles: what may happen to a weight over time. A lifecycle says which weights may be chosen
 * at a decision and how the old mask and the choice make the new mask.
 */
package org.espalier.pruning.core.lifecycle;
