/** The hardware models against what was published, and against this machine. */
package org.espalier.experiments.hardware;
