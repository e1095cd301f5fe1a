"""Masks computed from the formulas alone, in numpy float64: what `espalier mask` must equal.

Written from the definitions, not from the Java code; nothing here is fast or clever.
mask_fixtures.py makes the files of MaskOracleTest with it.
"""

import json
import struct
from decimal import Decimal, ROUND_FLOOR
from fnmatch import fnmatchcase
from math import ceil
from pathlib import Path

import numpy as np

# ------------------------------------------------------------------ tensor files


def read_safetensors(path):
    raw = Path(path).read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + size])
    types = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "U8": "|u1", "BF16": "<u2"}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + size + o for o in entry["data_offsets"])
        array = np.frombuffer(raw[begin:end], types[entry["dtype"]])
        if entry["dtype"] == "BF16":
            array = (array.astype("<u4") << 16).view("<f4")
        tensors[name] = array.reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors, bfloat16=()):
    types = {"<f8": "F64", "<f4": "F32", "<f2": "F16", "|u1": "U8", "<i4": "I32", "<i8": "I64"}
    header, data = {}, b""
    for name, array in tensors.items():
        array = np.asarray(array)
        kind = types[array.dtype.newbyteorder("<").str]
        part = np.ascontiguousarray(array).tobytes()
        if name in bfloat16:
            kind, part = "BF16", to_bfloat16(array).astype("<u2").tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape),
                        "data_offsets": [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)


def to_bfloat16(array):
    """The upper 16 bits; the caller gives values that have no others."""
    bits = np.asarray(array, np.float32).view(np.uint32)
    assert not (bits & 0xFFFF).any()
    return bits >> 16


def read(path):
    return dict(np.load(path)) if str(path).endswith(".npz") else read_safetensors(path)


# ------------------------------------------------------------------ counts, units


def kept(sparsity, units):
    """floor((1 - sparsity) n + 0.5), in decimal; sparsity is text, or a float of a solved scale."""
    if isinstance(sparsity, float):
        return int(np.floor((1.0 - sparsity) * units + 0.5))
    exact = (1 - Decimal(sparsity)) * units + Decimal("0.5")
    return int(exact.to_integral_value(ROUND_FLOOR))


def units_of(pattern, shape):
    """For every weight the index of its unit; units are numbered row-major."""
    kind, *rest = pattern.split(":")
    index = np.indices(shape)
    if kind == "block":
        r, c = (int(x) for x in rest[0].split("x"))
        rows, cols = shape[0], int(np.prod(shape[1:]))
        assert rows % r == 0 and cols % c == 0
        i, j = np.indices((rows, cols))
        return (i // r * (cols // c) + j // c).reshape(shape)
    if kind == "vector":
        return (index[0] * shape[1] + index[1]) * shape[2] + index[2]
    if kind == "kernel":
        return index[0] * shape[1] + index[1]
    if kind == "channel":
        return index[0]
    if kind == "input-channel":
        return index[1]
    if kind == "head":
        axis = 1 if rest[1:] == ["input"] else 0
        assert shape[axis] % int(rest[0]) == 0
        return index[axis] // (shape[axis] // int(rest[0]))
    return np.arange(int(np.prod(shape))).reshape(shape)


def unit_scores(scores, units, aggregate):
    n = int(units.max()) + 1
    f = {
        "sum": lambda g: g.sum(),
        "mean": lambda g: g.sum() / g.size,
        "l2": lambda g: np.sqrt((g * g).sum()),
        "max": lambda g: g.max(),
    }[aggregate]
    if units.size == n:
        if aggregate == "l2":
            return np.abs(scores.ravel())
        return scores.ravel() + 0.0
    groups = [scores.ravel()[(units == u).ravel()] for u in range(n)]
    return np.array([f(g) for g in groups]) + 0.0


def best(scores, k):
    """Indices of the k best; of equal ones the lowest."""
    return np.argsort(-(scores + 0.0), kind="stable")[:k]


# ------------------------------------------------------------------ patterns


def choose(pattern, shape, scores, units, k, sparsity=None):
    """Mask of a tensor by its unit scores; k of all units live where the pattern leaves a choice."""
    mask = np.zeros(scores.size, np.uint8)
    kind = pattern.split(":")[0]
    if kind.isdigit():
        n, m = (int(x) for x in pattern.split(":"))
        cube = scores.reshape(shape[0], shape[1], -1)
        chosen = np.zeros(cube.shape, np.uint8)
        assert shape[1] % m == 0
        for o in range(cube.shape[0]):
            for p in range(cube.shape[2]):
                for g in range(0, shape[1], m):
                    chosen[o, g + best(cube[o, g : g + m, p], n), p] = 1
        return chosen.reshape(shape)
    if kind == "balanced":
        banks = shape[0] * int(pattern.split(":")[1])
        parts = np.arange(scores.size).reshape(banks, -1)
        each = int(np.floor(k / banks + 0.5)) if sparsity is None else kept(sparsity, parts.shape[1])
        for part in parts:
            mask[part[best(scores[part], each)]] = 1
    elif kind == "balanced-pe":
        p = int(pattern.split(":")[1])
        rows = np.arange(scores.size).reshape(shape[0], -1)
        parts = [rows[i::p].ravel() for i in range(p)]
        base, extra = divmod(k, p)
        ranked = [part[best(scores[part], part.size)] for part in parts]
        following = []
        for part in ranked:
            mask[part[:base]] = 1
            following += list(part[base : base + 1])
        following = np.sort(np.array(following, int))
        mask[following[best(scores[following], extra)]] = 1
    elif kind == "strided":
        s = int(pattern.split(":")[1])
        cube = scores.reshape(shape[0], shape[1], -1)
        chosen = np.zeros(cube.shape, np.uint8)
        for i in range(shape[1]):
            totals = np.array([cube[:, i, offset::s].sum() for offset in range(s)])
            chosen[:, i, best(totals, 1)[0] :: s] = 1
        return chosen.reshape(shape)
    else:
        mask[best(scores, k)] = 1
    return mask[units.ravel()].reshape(shape)


# ------------------------------------------------------------------ criteria


def score(criterion, name, weights, gradients, statistics):
    """Score of every weight of a tensor; `weights` are all tensors, in the order of the file."""
    kind, _, text = criterion.partition(":")
    parameters = dict(p.split("=") for p in text.split(",") if p)
    w = weights[name].astype(np.float64)
    g = gradients[name].astype(np.float64) if gradients else None
    axis0 = (slice(None),) + (None,) * (w.ndim - 1)
    axis1 = (None, slice(None)) + (None,) * (w.ndim - 2)

    def stat(key, otherwise=None):
        full = f"{name}.{key}"
        return statistics[full].astype(np.float64) if full in statistics else otherwise

    if kind == "magnitude":
        return np.abs(w)
    if kind == "std-magnitude":
        return np.abs(w) / np.std(w)
    if kind == "lamp":
        return lamp(w.ravel()).reshape(w.shape)
    if kind == "lookahead":
        before, after = neighbor_norms(name, weights)
        before, after = stat("previous_norm", before), stat("next_norm", after)
        return np.abs(w) * before[axis1] * after[axis0]
    if kind == "snip":
        return np.abs(g * w)
    if kind == "taylor":
        form = parameters.get("form", "absolute")
        if form == "absolute-per-batch":
            return np.abs(w) * stat("gradient_abs", np.abs(g))
        return {"absolute": np.abs(g * w), "squared": (g * w) ** 2, "signed": g * w}[form]
    if kind == "grasp":
        return w * stat("hessian_gradient")
    if kind == "synflow":
        return np.abs(w) * stat("flow_gradient")
    if kind == "weight-change":
        return np.abs(w - stat("initial_value"))
    if kind == "apoz":
        return (1.0 - stat("zero_fraction"))[axis0] * np.ones(w.shape)
    if kind == "bn-scale":
        return np.abs(stat("bn_scale"))[axis0] * np.ones(w.shape)
    if kind == "fpgm":
        filters = w.reshape(w.shape[0], -1)
        distances = np.sqrt(((filters[:, None] - filters[None]) ** 2).sum(axis=2))
        return distances.sum(axis=1)[axis0] * np.ones(w.shape)
    if kind == "contribution-variance":
        return w**2 * stat("input_variance")[axis1]
    if kind == "obd":
        return 0.5 * stat("hessian_diagonal") * w**2
    if kind == "obs":
        samples = stat("gradient_samples")
        live = np.flatnonzero(w)
        samples = samples.reshape(samples.shape[0], -1)[:, live]
        fisher = samples.T @ samples / samples.shape[0]
        inverse = np.linalg.inv(fisher + float(parameters.get("lambda", "1e-4")) * np.eye(live.size))
        scores = np.zeros(w.size)
        scores[live] = w.ravel()[live] ** 2 / (2 * np.diag(inverse))
        return scores.reshape(w.shape)
    if kind == "wanda":
        return np.abs(w) * stat("input_norm")[axis1]
    if kind == "fisher":
        return w**2 * stat("gradient_square")
    if kind == "movement":
        return stat("track", -float(parameters.get("score_rate", "0.01")) * g * w if gradients else None)
    if kind == "snip-momentum":
        return stat("track", np.abs(g * w) if gradients else None)
    raise ValueError(criterion)


def lamp(values):
    """Squares over the sum of all squares not smaller; of equal ones the lowest index is first."""
    squares = values**2
    order = np.argsort(-squares, kind="stable")
    total = np.cumsum(squares[order])
    np.divide(squares[order], total, out=total, where=total > 0)
    scores = np.empty(squares.size)
    scores[order] = total
    return scores


def neighbor_norms(name, weights):
    """Norms of what feeds each input and of what reads each output; 1 at the ends."""
    names = list(weights)
    at = names.index(name)
    w = weights[name]
    before, after = np.ones(w.shape[1]), np.ones(w.shape[0])
    if at > 0:
        rows = weights[names[at - 1]].astype(np.float64)
        norms = np.sqrt((rows.reshape(rows.shape[0], -1) ** 2).sum(axis=1))
        before = np.repeat(norms, w.shape[1] // rows.shape[0])  # flattened maps are contiguous
    if at + 1 < len(names):
        cube = weights[names[at + 1]].astype(np.float64)
        per = cube.shape[1] // w.shape[0]
        slices = np.moveaxis(cube, 1, 0).reshape(w.shape[0], per, -1)
        after = np.sqrt((slices**2).sum(axis=(1, 2)))
    return before, after


# ------------------------------------------------------------------ allocations


def solve(ratios, sizes, total):
    """Densities min(1, e r) whose kept weights sum to `total`."""
    dense = [False] * len(ratios)
    while True:
        left = total - sum(n for n, d in zip(sizes, dense) if d)
        free = sum(r * n for r, n, d in zip(ratios, sizes, dense) if not d)
        scale = left / free if free else 0.0
        over = [not d and scale * r > 1 for r, d in zip(ratios, dense)]
        if not any(over):
            return [1.0 if d else max(0.0, scale * r) for r, d in zip(ratios, dense)]
        dense = [d or o for d, o in zip(dense, over)]


def counts(allocation, shapes, sizes, unit_lists, unit_means, sparsity):
    """Units kept per tensor; tensors in the order of their names, sizes in weights."""
    kind, _, text = allocation.partition(":")
    parameters = dict(p.split("=") for p in text.split(",") if p)
    least = int(parameters.get("min_kept", "0"))
    floor = [min(least, n) for n in unit_lists]
    if kind in ("global", "lamp"):
        order = best(np.concatenate(unit_means), None)
        tensor = np.repeat(np.arange(len(unit_lists)), unit_lists)
        total = kept(sparsity, sum(unit_lists))
        assert total >= sum(floor)
        sure = np.zeros(len(order), bool)
        for t, f in enumerate(floor):
            sure[order[tensor[order] == t][:f]] = True
        rest = order[~sure[order]]
        sure[rest[: total - int(sure.sum())]] = True
        return [int(sure[tensor == t].sum()) for t in range(len(unit_lists))]
    if kind == "uniform":
        result = [kept(sparsity, n) for n in unit_lists]
    elif kind == "uniform-plus":
        each = [sparsity] * len(shapes)
        if len(shapes[0]) > 2:
            each[0] = min(sparsity, parameters.get("first", "0.0"), key=Decimal)
        if len(shapes[-1]) == 2:
            each[-1] = min(sparsity, parameters.get("last", "0.8"), key=Decimal)
        result = [kept(s, n) for s, n in zip(each, unit_lists)]
    elif kind == "table":
        globs = dict(p.rsplit("=", 1) for p in text.split(","))
        raise ValueError(globs)
    else:
        total = float((1 - Decimal(sparsity)) * sum(sizes))
        if kind == "smart-ratios":
            length = len(shapes)
            ratios = [(length - i) ** 2 + (length - i) for i in range(length)]
            last = float(parameters.get("last_density", "0.3"))
            assert last * sizes[-1] <= total
            left = total - sum(sizes[:-1])  # what even dense tensors leave over
            last = max(last, left / sizes[-1])
            densities = solve(ratios[:-1], sizes[:-1], total - last * sizes[-1]) + [last]
        else:
            power = float(parameters.get("power", "1"))
            extents = [s[:2] if kind == "er" else s for s in shapes]
            ratios = [(sum(e) / np.prod(e)) ** power for e in extents]
            densities = solve(ratios, sizes, total)
        # Densities are exact numbers; what is half way but for rounding is half way.
        result = [int(np.floor(d * n + 0.5 + 1e-9)) for d, n in zip(densities, unit_lists)]
    return [max(k, f) for k, f in zip(result, floor)]


# ------------------------------------------------------------------ the command


def masks(weights, pattern="unstructured", criterion="magnitude", allocation="uniform",
          sparsity="0.5", aggregate="sum", gradients=None, statistics=None, include=(), exclude=()):
    """What `espalier mask` writes: one uint8 tensor per prunable tensor."""
    chosen = {n: weights[n] for n in sorted(weights) if weights[n].ndim >= 2}
    if include:
        chosen = {n: w for n, w in chosen.items() if any(fnmatchcase(n, p) for p in include)}
    neighbors = {n: w for n, w in weights.items() if w.ndim >= 2}  # the chain, in file order
    chosen = {n: w for n, w in chosen.items() if not any(fnmatchcase(n, p) for p in exclude)}
    units, scores = {}, {}
    for name, w in chosen.items():
        entries = score(criterion, name, neighbors, gradients, statistics or {})
        units[name] = units_of(pattern, w.shape)
        scores[name] = unit_scores(entries, units[name], aggregate)
    if allocation.startswith("threshold"):
        value = float(allocation.split("value=")[1].split(",")[0])
        amount = [int((s > value).sum()) for s in scores.values()]
        limit = 1 - Decimal(sparsity or "0.99999999")  # the sparsity stays below 1
        amount = [max(a, ceil(limit * s.size)) for a, s in zip(amount, scores.values())]
    elif sparsity is None:
        amount = [None] * len(scores)
    else:
        unit_lists = [s.size for s in scores.values()]
        sizes = [w.size for w in chosen.values()]
        per = [a // b for a, b in zip(sizes, unit_lists)]
        # Units of different sizes compete by mean score, or root mean square; a maximum stays.
        divisor = {"sum": lambda n: n, "l2": np.sqrt, "mean": lambda n: 1, "max": lambda n: 1}
        per_unit = list(scores.values())
        if allocation.startswith("lamp"):
            per_unit, per = [lamp(s) for s in per_unit], [1]
        means = [s / divisor[aggregate](p) if len(set(per)) > 1 else s
                 for s, p in zip(per_unit, per * len(per_unit))]
        amount = counts(allocation, [w.shape for w in chosen.values()], sizes, unit_lists, means,
                        sparsity)
    direct = sparsity if allocation.startswith("uniform") else None
    return {name: choose(pattern, w.shape, scores[name], units[name], k, direct)
            for (name, w), k in zip(chosen.items(), amount)}
