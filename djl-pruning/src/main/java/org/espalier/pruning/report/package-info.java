/**
 * What a pruning run shows for itself: {@link org.espalier.pruning.report.RunReport} holds the
 * figures, and one class per form writes them as a web page, as JSON, or as a table for the
 * terminal.
 *
 * <p>Nothing here trains, measures or knows of Deep Java Library: the figures are handed in.
 */
package org.espalier.pruning.report;
