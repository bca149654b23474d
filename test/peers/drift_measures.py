# Measures of drift as scipy and Evidently define them, on pairs of samples: JSON in, JSON out.
import json
import sys
import warnings

import numpy as np
import pandas as pd
from evidently.legacy.calculations.stattests import (
    chi_stat_test,
    hellinger_stat_test,
    jensenshannon_stat_test,
    psi_stat_test,
    wasserstein_stat_test,
    z_stat_test,
)
from evidently.legacy.core import ColumnType
from scipy import stats
from scipy.spatial import distance
from scipy.stats._hypotests import _cdf_cvm_inf

warnings.simplefilter("ignore")


def test(result):
    return {"statistic": float(result.statistic), "pValue": float(result.pvalue)}


def evidently(measure, reference, current, kind):
    return float(measure(reference.copy(), current.copy(), kind, None).drift_score)


def textbook_psi(reference, current):
    edges = np.unique(np.quantile(reference, np.arange(1, 10) / 10))
    edges = np.concatenate([[-np.inf], edges, [np.inf]])
    p, q = (pd.cut(pd.Series(x), edges).value_counts(sort=False).to_numpy() / len(x) for x in (reference, current))
    p, q = np.where(p == 0, 1e-4, p), np.where(q == 0, 1e-4, q)
    return float(np.sum((p - q) * np.log(p / q)))


def numeric(pair):
    reference, current = np.array(pair["reference"], dtype=float), np.array(pair["current"], dtype=float)
    a, b = pd.Series(reference), pd.Series(current)
    found = {
        "ks": test(stats.ks_2samp(reference, current)),
        "ksAsymptotic": test(stats.ks_2samp(reference, current, method="asymp")),
        "cramerVonMises": test(stats.cramervonmises_2samp(reference, current)),
        "wasserstein": float(stats.wasserstein_distance(reference, current)),
        "wassersteinNormed": evidently(wasserstein_stat_test, a, b, ColumnType.Numerical),
        "psi": textbook_psi(reference, current),
        "psiEvidently": evidently(psi_stat_test, a, b, ColumnType.Numerical),
        "jensenShannon": evidently(jensenshannon_stat_test, a, b, ColumnType.Numerical),
        "hellinger": evidently(hellinger_stat_test, a, b, ColumnType.Numerical),
    }
    if len(np.unique(np.concatenate([reference, current]))) > 1:
        found["andersonDarling"] = test(stats.anderson_ksamp([reference, current]))
    return found


def categorical(pair):
    a, b = pd.Series(pair["reference"], dtype=object), pd.Series(pair["current"], dtype=object)
    names = sorted(set(a) | set(b))
    p, q = (np.array([(x == name).mean() for name in names]) for x in (a, b))
    found = {
        "chiSquared": evidently(chi_stat_test, a, b, ColumnType.Categorical),
        "psiEvidently": evidently(psi_stat_test, a, b, ColumnType.Categorical),
        "jensenShannon": evidently(jensenshannon_stat_test, a, b, ColumnType.Categorical),
        "jensenShannonDivergence": float(distance.jensenshannon(p, q) ** 2),
        "hellinger": evidently(hellinger_stat_test, a, b, ColumnType.Categorical),
    }
    if len(names) == 2:
        found["proportions"] = evidently(z_stat_test, a, b, ColumnType.Categorical)
    return found


def tails(points):
    return {
        "kolmogorov": [float(stats.kstwo.sf(x, n)) for n, x in points["kolmogorov"]],
        "smirnov": [float(stats.ksone.sf(x, n)) for n, x in points["kolmogorov"]],
        "chiSquared": [float(stats.chi2.sf(x, df)) for df, x in points["chiSquared"]],
        # scipy stops its series at terms of 1e-7.
        "cramerVonMises": [float(1 - _cdf_cvm_inf(x)) for x in points["cramerVonMises"]],
        "benjaminiHochberg": [float(p) for p in stats.false_discovery_control(points["pValues"])],
    }


given = json.load(sys.stdin)
json.dump(
    {
        "numeric": [numeric(pair) for pair in given["numeric"]],
        "categorical": [categorical(pair) for pair in given["categorical"]],
        "tails": tails(given["tails"]),
    },
    sys.stdout,
)
