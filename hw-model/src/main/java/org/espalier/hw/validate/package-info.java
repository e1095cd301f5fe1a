/** Validation: what was published about each machine, beside what our models say. */
package org.espalier.hw.validate;
