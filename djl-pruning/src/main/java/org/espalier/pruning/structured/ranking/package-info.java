/** In which order the channels of a network go. */
package org.espalier.pruning.structured.ranking;
