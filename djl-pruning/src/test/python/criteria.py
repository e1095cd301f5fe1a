"""Expected values of the tests of criteria and compensations, from the formulas, with numpy only."""

import numpy as np

M64 = (1 << 64) - 1


def random_scores(seed, name, n):
    h = 0xCBF29CE484222325
    for b in name.encode("utf-8"):
        h = (h ^ b) * 0x100000001B3 & M64
    out = []
    for i in range(n):
        z = ((seed & M64 ^ h) + (i + 1) * 0x9E3779B97F4A7C15) & M64
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M64
        z = (z ^ z >> 27) * 0x94D049BB133111EB & M64
        out.append(((z ^ z >> 31) >> 11) * 2.0**-53)
    return out


def obs():
    # 3 examples, 5 weights, the second of them dead: more live weights than examples
    g = np.array([[1, 9, -2, 0.5, 3], [0.25, 9, 1, -1, 2], [-0.5, 9, 0.75, 2, 1]], np.float64)
    w = np.array([0.5, 0, -1.5, 2, 0.75])
    for lam in (0.5, 0.015625):
        live = w != 0
        h = lam * np.eye(4) + g[:, live].T @ g[:, live] / 3
        inverse = np.linalg.inv(h)
        print("obs scores, lambda", lam, repr(w[live] ** 2 / (2 * np.diag(inverse))))
        # the same with all examples twice and two weights only: fewer weights than examples
        h2 = lam * np.eye(2) + g[:, [0, 4]].T @ g[:, [0, 4]] / 3
        print("  of weights 0 and 4 alone", repr(w[[0, 4]] ** 2 / (2 * np.diag(np.linalg.inv(h2)))))
        # weights 2 and 4 die; Lagrange's conditions as one linear system
        kkt = np.zeros((6, 6))
        kkt[:4, :4] = h
        kkt[4, 1] = kkt[5, 3] = kkt[1, 4] = kkt[3, 5] = 1
        dw = np.linalg.solve(kkt, np.array([0, 0, 0, 0, 1.5, -0.75]))[:4]
        print("  removal of 2 and 4", repr((w[live] + dw)))


np.set_printoptions(precision=17)
print("random 42 fc1.weight", random_scores(42, "fc1.weight", 3))
print("random -1 größe", random_scores(-1, "größe", 2))
obs()
w = np.array([[1, -2.5, 0.25], [0.5, 3, -1]])
print("std", repr(np.abs(w) / w.std()))
f = np.array([[1, 2, -0.5, 3], [0, 0, 0, 0], [1.5, -1, 2, 0.25]])
print("fpgm", repr(np.linalg.norm(f[:, None] - f[None], axis=2).sum(1)))
w = np.array([0.3, -0.7, 0.1, 0.5], np.float32).astype(np.float64)
order = np.argsort(np.abs(w))
lamp = np.empty(4)
lamp[order] = w[order] ** 2 / np.cumsum(w[order][::-1] ** 2)[::-1]
print("lamp", repr(lamp))
