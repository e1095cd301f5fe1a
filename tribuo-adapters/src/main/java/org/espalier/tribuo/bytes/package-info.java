/**
 * Models as bytes: what {@link org.espalier.tribuo.bytes.ByteWriter} writes, {@link
 * org.espalier.tribuo.bytes.ByteReader} reads, with lengths that are checked before anything is
 * allocated. Tribuo's messages carry such bytes for the parts of models that it has no message for.
 */
package org.espalier.tribuo.bytes;
