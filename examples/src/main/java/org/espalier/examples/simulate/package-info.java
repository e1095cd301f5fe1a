/** The job behind {@code espalier simulate}: layers, machines, tables, figures, plots. */
package org.espalier.examples.simulate;
