"""Writes ../resources/oracle: small tensor files, and the masks that mask_oracle.py expects.

cases.tsv has a line per case: the weights file with the options of `espalier mask`, then per
tensor its name and the bits of its mask in hexadecimal. MaskOracleTest runs them all.
"""

from pathlib import Path

import numpy as np

import mask_oracle as oracle

SHAPES = {"b.conv": (4, 4, 3, 3), "c.fc": (8, 16), "a.out": (6, 8)}  # file order, not name order
EXTENTS = {"hessian_gradient": "all", "flow_gradient": "all", "initial_value": "all",
           "hessian_diagonal": "all", "gradient_square": "all", "input_norm": 1,
           "input_variance": 1, "zero_fraction": 0, "bn_scale": 0}
GRADIENT_CRITERIA = ("snip", "taylor:form=squared", "taylor:form=signed",
                     "taylor:form=absolute-per-batch", "movement", "snip-momentum")
STATISTIC_CRITERIA = ("grasp", "synflow", "weight-change", "apoz", "bn-scale", "wanda", "obd",
                      "contribution-variance", "fisher")


def fixtures(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(42)
    normal = {n: rng.standard_normal(s).astype(np.float32) for n, s in SHAPES.items()}
    ties = {n: rng.integers(-3, 4, s).astype(np.float32) for n, s in SHAPES.items()}
    for array in ties.values():
        array[(array == 0) & (rng.random(array.shape) < 0.5)] = -0.0
    normal["norm"] = ties["norm"] = np.arange(5, dtype=np.float32)
    gradients = {n: rng.standard_normal(s) for n, s in SHAPES.items()}  # float64
    statistics = {}
    for key, extent in EXTENTS.items():
        for n, s in SHAPES.items():
            values = rng.standard_normal(s if extent == "all" else s[extent])
            positive = key in ("flow_gradient", "gradient_square", "input_norm", "input_variance")
            values = np.abs(values) if positive else values
            values = rng.integers(0, 9, values.shape) / 8 if key == "zero_fraction" else values
            wide = key in ("input_norm", "bn_scale")
            statistics[f"{n}.{key}"] = values if wide else values.astype(np.float32)
    np.savez(folder / "normal.npz", **{n: np.asfortranarray(a) for n, a in normal.items()})
    oracle.write_safetensors(folder / "ties.safetensors", ties, bfloat16=SHAPES)
    np.savez(folder / "gradients.npz", **gradients)
    oracle.write_safetensors(folder / "statistics.safetensors", statistics)
    files = {"normal.npz": normal, "ties.safetensors": ties}
    lines = [line(name, files[name], options, gradients, statistics) for name, options in cases()]
    (folder / "cases.tsv").write_text("\n".join(lines) + "\n")


def cases():
    """Pairs of a weights file and options of oracle.masks()."""
    plain = ("magnitude", "std-magnitude", "lamp", "lookahead", "fpgm")
    for criterion in plain + GRADIENT_CRITERIA + STATISTIC_CRITERIA:
        yield "normal.npz", {"criterion": criterion, "sparsity": "0.7"}
        yield "normal.npz", {"criterion": criterion, "allocation": "global", "sparsity": "0.9"}
        yield "ties.safetensors", {"criterion": criterion, "pattern": "channel", "sparsity": "0.5"}
    for sparsity in ("0", "0.1", "0.5", "0.95", "0.98", "0.99"):
        for allocation in ("uniform", "global", "er", "erk"):
            yield "ties.safetensors", {"allocation": allocation, "sparsity": sparsity}
    for allocation in ("lamp", "smart-ratios", "erk:power=0.5", "global:min_kept=3"):
        yield "normal.npz", {"allocation": allocation, "sparsity": "0.8"}
    yield "normal.npz", {"allocation": "threshold:value=1.5", "sparsity": None}
    patterns = ("2:4", "1:4", "1:2", "block:2x4", "channel", "input-channel", "balanced:2",
                "balanced-pe:2", "head:2", "head:4:input", "vector", "kernel", "strided:3")
    for pattern in patterns:
        n_of_m = pattern[0].isdigit()
        fixed = n_of_m or pattern.startswith("strided")
        only = {"include": ("b.*",)} if pattern in ("vector", "kernel", "strided:3") else {}
        only = {"include": ("*.fc", "*.conv")} if pattern == "head:4:input" else only
        for name in ("normal.npz", "ties.safetensors"):
            for allocation in ("uniform", "global"):
                yield name, {"pattern": pattern, "allocation": allocation,
                             "sparsity": None if fixed else "0.6", **only}
    for aggregate in ("mean", "l2", "max"):
        for pattern in ("block:2x4", "channel", "input-channel"):
            yield "normal.npz", {"pattern": pattern, "aggregate": aggregate,
                                 "allocation": "global", "sparsity": "0.5"}
    yield "normal.npz", {"sparsity": "0.5", "exclude": ("*conv",), "allocation": "global"}


def line(name, weights, options, gradients, statistics):
    """Weights file, options, and per tensor the mask's bits, 8 to a byte, first weight first."""
    words = [name]
    for key, value in options.items():
        for one in value if isinstance(value, tuple) else [value]:
            words += [] if one is None else [f"--{key}", one]
    uses = options.get("criterion", "")
    if uses in GRADIENT_CRITERIA:
        words += ["--gradients", "gradients.npz"]
    if uses in STATISTIC_CRITERIA:
        words += ["--statistics", "statistics.safetensors"]
    expected = oracle.masks(weights, **options, gradients=gradients, statistics=statistics)
    return "\t".join([" ".join(words)] + [f"{n}={np.packbits(m).tobytes().hex()}"
                                         for n, m in expected.items()])


if __name__ == "__main__":
    fixtures(Path(__file__).parent.parent / "resources" / "oracle")
