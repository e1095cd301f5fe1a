/**
 * An extension as a third party writes it: a criterion in a jar of its own that recipes and the
 * command line find by name. Nothing in Espalier refers to this package; the file under {@code
 * META-INF/services} is all that connects them.
 */
package org.espalier.examples.extension;
