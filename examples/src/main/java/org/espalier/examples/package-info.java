/**
 * What a user can run: the command line, the data sets and networks that it offers by name, and the
 * settings that train them.
 */
package org.espalier.examples;
