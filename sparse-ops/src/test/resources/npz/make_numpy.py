"""Writes numpy.npz, which NpzTest reads: python3 make_numpy.py"""

import numpy as np

counting = np.arange(6).reshape(2, 3)
np.savez_compressed(
    "numpy.npz",
    float32=(counting / 4 - 0.5).astype("<f4"),
    float32_big=(counting / 4 - 0.5).astype(">f4"),
    float64=counting / 4 - 0.5,
    float16=np.array([1.5, -0.0, 65504, 2.0**-24, -np.inf, np.nan], dtype="<f2"),
    fortran=np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)),
    fortran_bytes=np.asfortranarray(counting.astype("u1")),
    boolean=counting % 2 == 0,
    uint8=np.array([0, 1, 128, 255], dtype="u1"),
    int8=np.array([-128, 127], dtype="i1"),
    int16=np.array([-32768, 32767], dtype="<i2"),
    uint16=np.array([65535], dtype=">u2"),
    int32=np.array([-(2**31), 2**24], dtype="<i4"),
    uint32=np.array([2**32 - 256], dtype="<u4"),
    int64=np.array([-(2**63), 2**40 + 2**20], dtype="<i8"),
    uint64=np.array([2**63 + 2**41], dtype="<u8"),
    scalar=np.float32(7.5),
    empty=np.zeros((0, 3), dtype="<f4"),
)
