/**
 * Criteria: how much each weight matters. A criterion sees one tensor at a time and gives a score
 * per weight; which weights then die is for the allocation, the pattern and the lifecycle to say.
 */
package org.espalier.pruning.core.criterion;
