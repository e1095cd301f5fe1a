/** What removing channels does to known networks: size, time, and whether they still train. */
package org.espalier.experiments.structured;
