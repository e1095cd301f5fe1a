/** Machines: what a processor can compute and load per second, and how that is measured. */
package org.espalier.hw.arch;
