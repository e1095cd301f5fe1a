/**
 * Networks by name, the settings that train each of them well, and the accuracy of a model measured
 * without touching the trainer.
 */
package org.espalier.examples.model;
