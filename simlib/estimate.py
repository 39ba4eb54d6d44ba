"""A mean from several runs, and how far from it the true one may lie."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, stdev

# Student's t for 95 %, by degrees of freedom from 1 on
T_95 = (
    *(12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23),
    *(2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10, 2.09),
)
_Z_95 = NormalDist().inv_cdf(0.975)


def t_95(freedom: int) -> float:
    """Student's t for a 95 % confidence interval with so many degrees of freedom.

    Beyond the table by the first terms of its expansion about the normal distribution (Cornish and Fisher), which are
    exact to three figures there.

    >>> t_95(4), round(t_95(30), 3), round(t_95(10_000), 2)
    (2.78, 2.042, 1.96)
    """
    if freedom <= len(T_95):
        return T_95[freedom - 1]
    z = _Z_95
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def half_width(values: Sequence[float]) -> float | None:
    """Half the width of the 95 % confidence interval of a mean; None for a single value, which tells nothing of it.

    It holds for independent values that are not too far from normal: means and counts of whole runs are, single
    delays are not.
    """
    if len(values) < 2:
        return None
    return t_95(len(values) - 1) * stdev(values) / sqrt(len(values))
