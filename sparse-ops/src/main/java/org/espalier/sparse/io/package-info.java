/**
 * Files: outputs that appear whole or not at all, and tensors in NumPy's {@code .npz} and in {@code
 * .safetensors}, read and written one at a time. Readers allocate no more than the file's true size
 * explains.
 */
package org.espalier.sparse.io;
