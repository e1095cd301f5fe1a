/** Machines: each {@link org.espalier.hw.cost.Machine} that Espalier models, by name. */
package org.espalier.hw.machine;
