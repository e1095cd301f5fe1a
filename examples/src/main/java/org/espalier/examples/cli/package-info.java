/** The command line. Every command is a thin layer over a class that does the work. */
package org.espalier.examples.cli;
