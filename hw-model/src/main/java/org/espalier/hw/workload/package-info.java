/** Workloads: what a layer asks of a machine. */
package org.espalier.hw.workload;
