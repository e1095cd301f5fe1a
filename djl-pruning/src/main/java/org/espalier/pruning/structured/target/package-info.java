/** How small a network is to become, and which of its channels go for that. */
package org.espalier.pruning.structured.target;
