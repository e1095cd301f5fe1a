/**
 * How a component (a criterion, an allocation, a schedule, a lifecycle) is read from and written to
 * configuration text: a name and a few checked parameters, registered in one line.
 */
package org.espalier.pruning.core.config;
