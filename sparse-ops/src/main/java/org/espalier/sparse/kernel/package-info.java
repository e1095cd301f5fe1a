/**
 * Kernels: products of a sparse weight with dense activations. {@link
 * org.espalier.sparse.kernel.SparseOps} is the checked public face; behind it stand a SIMD
 * implementation and its scalar twin, of which {@link org.espalier.sparse.kernel.KernelProvider}
 * picks one when the class is loaded.
 */
package org.espalier.sparse.kernel;
