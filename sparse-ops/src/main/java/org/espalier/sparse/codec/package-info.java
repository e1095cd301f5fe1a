/**
 * Deep Compression (S. Han, H. Mao, W. J. Dally, "Deep Compression: Compressing Deep Neural
 * Networks with Pruning, Trained Quantization and Huffman Coding", ICLR 2016): a file of pruned
 * weights made small, and read back. The weights of a tensor share few values, found by k-means;
 * positions are stored as distances with few bits; both are Huffman coded. Sharing loses precision,
 * everything after it is lossless.
 *
 * <p>A file begins with the bytes 89 45 44 43 ("EDC" behind a byte that no text has), the version 1
 * and the number of records, then has one record per tensor and nothing else. Whole numbers are
 * varints: seven bits a byte, lowest first, the top bit set on all but the last byte. A record is
 *
 * <ul>
 *   <li>its length: bytes after this field
 *   <li>kind (one byte: 0 float32, 1 uint8, 2 shared), length of the name, the name in UTF-8, rank
 *       (one byte), extents
 *   <li>the values. Kinds 0 and 1: little-endian, row-major. Kind 2: weight bits and index bits (a
 *       byte each), the number of non-zeros, and if there are any: the number of shared values, the
 *       values as float32 in ascending order, and a stream of bits, highest first, with the code of
 *       the position symbols, the code of the weights, and for each entry its position symbol and
 *       its weight
 *   <li>zeros, so that a record has at least one byte for 256 elements: what a reader allocates is
 *       bounded by the true size of the file, and a tensor of zeros is still 1024 times smaller
 *   <li>the CRC-32 of what follows the length, little-endian
 * </ul>
 *
 * <p>A position symbol is the number of zeros skipped before a weight, below 2^b; the symbol 2^b is
 * a filler: 2^b zeros and no weight. A code is stored as the number of symbols (13 bits), the
 * longest length (6 bits), and a length for each symbol in as many bits as the longest needs.
 */
package org.espalier.sparse.codec;
