/** Results for people and for machines: tables for a terminal, and JSON files. */
package org.espalier.examples.output;
