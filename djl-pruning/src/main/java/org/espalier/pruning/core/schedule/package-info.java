/**
 * Schedules: how much sparsity at which moment, and at which moments masks are decided anew. "How
 * much" is a curve, "when" is a {@link org.espalier.pruning.core.schedule.Timing}; the two are
 * independent.
 */
package org.espalier.pruning.core.schedule;
