"""Writes format-bytes.csv, which FormatBytesOracleTest reads: the bytes of every format.

Arrays are really made, in the narrowest NumPy type that holds the largest value an index must take,
and counted; bits are packed by np.packbits. No formula of the library is used.

    python3 sparse-ops/src/test/python/format_bytes.py

Each line: rows,columns,the row-major bits of what is not zero in hex, then "name=1/2/4" with the
bytes for values of 1, 2 and 4 bytes, in the order of FormatBytesOracleTest.
"""

import pathlib

import numpy as np

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "format-bytes.csv"


def narrow(numbers, largest):
    """The numbers in the smallest of 1, 2, 4 bytes that holds `largest`."""
    kind = next(t for t in (np.uint8, np.uint16, np.uint32) if largest <= np.iinfo(t).max)
    assert all(0 <= number <= largest for number in numbers)
    return np.array(numbers, dtype=kind).nbytes


def bits(numbers, width):
    """The bytes of numbers of `width` bits, packed without gaps."""
    flat = [number >> bit & 1 for number in numbers for bit in range(width)]
    return np.packbits(np.array(flat, dtype=np.uint8)).nbytes


def coo(m):
    r, c = np.nonzero(m)
    return len(r), narrow(r, m.shape[0] - 1) + narrow(c, m.shape[1] - 1)


def csr(m):
    pointers, columns = [0], []
    for row in m:
        columns += np.flatnonzero(row).tolist()
        pointers.append(len(columns))
    return len(columns), narrow(columns, m.shape[1] - 1) + narrow(pointers, len(columns))


def csc(m):
    return csr(m.T)


def bitmask(m):
    return int(m.sum()), np.packbits(m.ravel()).nbytes


def bsr(height, width):
    def of(m):
        down, across = -(-m.shape[0] // height), -(-m.shape[1] // width)
        padded = np.zeros((down * height, across * width), dtype=bool)
        padded[: m.shape[0], : m.shape[1]] = m
        living = padded.reshape(down, height, across, width).any(axis=(1, 3))
        blocks, metadata = csr(living)
        return blocks * height * width, metadata

    return of


def n_of_m(keep, group):
    def of(m):
        across = -(-m.shape[1] // group)
        padded = np.zeros((m.shape[0], across * group), dtype=bool)
        padded[:, : m.shape[1]] = m
        groups = padded.reshape(-1, group)
        if groups.size and groups.sum(axis=1).max() > keep:
            return None
        positions = []
        for one in groups:
            chosen = np.flatnonzero(one).tolist()
            free = [i for i in range(group) if i not in chosen]
            positions += sorted(chosen + free[: keep - len(chosen)])
        width = len(bin(group - 1)) - 2 if group > 1 else 0
        return len(positions), bits(positions, width)

    return of


def relative(elements, width):
    def of(m):
        runs, pointers, fullest = [], [], 0
        for element in range(elements):
            mine = m[element::elements]
            first = len(runs)
            pointers.append(0)
            for column in range(m.shape[1]):
                previous = -1
                for row in np.flatnonzero(mine[:, column]).tolist():
                    gap = row - previous - 1
                    while gap >= 1 << width:
                        runs.append((1 << width) - 1)
                        gap -= 1 << width
                    runs.append(gap)
                    previous = row
                pointers.append(len(runs) - first)
            fullest = max(fullest, len(runs) - first)
        # Runs and pointers share the last byte of neither: bits first, then whole bytes.
        return len(runs), bits(runs, width) + narrow(pointers, fullest)

    return of


FORMATS = {
    "coo": coo,
    "csr": csr,
    "csc": csc,
    "bitmask": bitmask,
    "bsr:4x1": bsr(4, 1),
    "bsr:1x4": bsr(1, 4),
    "bsr:4x4": bsr(4, 4),
    "bsr:16x1": bsr(16, 1),
    "bsr:3x5": bsr(3, 5),
    "2:4": n_of_m(2, 4),
    "1:4": n_of_m(1, 4),
    "4:4": n_of_m(4, 4),
    "3:5": n_of_m(3, 5),
    "relative:1/4": relative(1, 4),
    "relative:4/4": relative(4, 4),
    "relative:64/4": relative(64, 4),
    "relative:3/1": relative(3, 1),
}


def matrices(random):
    """Ragged shapes around 8 and 16 bits, from empty to full; half of them fit 2:4."""
    shapes = [(1, 1), (4, 4), (3, 17), (16, 64), (63, 65), (40, 256), (256, 40), (257, 12)]
    for rows, columns in shapes:
        for density in (0, 0.02, 0.2, 0.7, 1):
            m = random.random((rows, columns)) < density
            yield m
            yield m & (np.arange(columns) % 4 < 2)
    yield random.random((260, 300)) < 0.9  # more than 65535 entries
    example = np.zeros((4, 4), dtype=bool)
    example[[0, 0, 1, 2, 2, 3], [1, 3, 2, 0, 1, 3]] = True
    yield example


def main():
    lines = []
    for m in matrices(np.random.default_rng(42)):
        line = [str(m.shape[0]), str(m.shape[1]), np.packbits(m.ravel()).tobytes().hex()]
        for name, form in FORMATS.items():
            counted = form(m)
            if counted:
                values, metadata = counted
                line.append(name + "=" + "/".join(str(values * v + metadata) for v in (1, 2, 4)))
        lines.append(",".join(line))
    TARGET.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
