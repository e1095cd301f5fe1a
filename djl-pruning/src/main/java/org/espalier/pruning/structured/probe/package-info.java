/** What functions compute that DJL's blocks hide: found by running them. */
package org.espalier.pruning.structured.probe;
