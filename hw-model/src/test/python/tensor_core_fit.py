"""Fits the rooflines of TensorCorePresets with scipy: the expected values of SaturationFitTest.

time = fixed + operations / rate / utilization, least squares of log time, on every second of the
published squares. Run: python3 tensor_core_fit.py
"""
import csv
from math import ceil, exp, log
from pathlib import Path

from scipy.optimize import minimize

SQUARES = Path(__file__).parents[2] / 'main/resources/org/espalier/hw/arch/nvidia-squares.csv'
TILES = [(256, 128), (128, 128), (64, 64)]


def utilization(n, multiprocessors):
    def share(rows, columns):
        tiles = ceil(n / rows) * ceil(n / columns)
        reuse = rows * columns / (rows + columns) / (256 * 128 / (256 + 128))
        covered = ceil(tiles / multiprocessors) * multiprocessors * rows * columns
        return n * n / covered * reuse ** 0.5
    return max(share(*tile) for tile in TILES)


def fit(points):
    def loss(x):
        return sum(log((exp(x[0]) + work / exp(x[1])) / us) ** 2 for work, us in points)
    best = min(
        (minimize(loss, [log(fixed), log(rate)], method='Nelder-Mead',
                  options=dict(maxiter=20000, xatol=1e-10, fatol=1e-14))
         for fixed in (3, 6) for rate in (2e8, 5e8)), key=lambda found: found.fun)
    return exp(best.x[0]), exp(best.x[1])


def calibrate(gpu, dtype, multiprocessors, dense=None):
    rows = [r for r in csv.DictReader(open(SQUARES)) if r['gpu'] == gpu and r['dtype'] == dtype]
    rows = [r for r in rows if int(r['m']) in (64, 256, 1024, 4096, 16384)]
    if dense is None:
        dense = fit([(2 * int(r['m']) ** 3, float(r['dense_us'])) for r in rows])
    points = []
    for r in rows:
        n = int(r['m'])
        us = float(r['dense_us']) if r['dense_us'] else dense[0] + 2 * n ** 3 / dense[1]
        points.append((2 * n ** 3 / utilization(n, multiprocessors), us / float(r['speedup'])))
    sparse = fit(points)
    print(gpu, dtype, *('%.4f us %.3f TFLOP/s' % (f, r / 1e6) for f, r in (dense, sparse)))
    return dense


half = calibrate('a100', 'fp16', 108)
calibrate('a100', 'bf16', 108, half)
calibrate('a100', 'int8', 108)
half = calibrate('h100', 'bf16', 114)
calibrate('h100', 'int8', 114, (half[0], 2 * half[1]))
