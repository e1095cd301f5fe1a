/** Networks in folders that DJL loads without further code. */
package org.espalier.pruning.structured.saved;
