/** Latency tables: measured once, stored as CSV, interpolated; what a search over ratios asks. */
package org.espalier.hw.table;
