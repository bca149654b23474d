"""What scikit-learn's scalers, power and quantile transforms and binning make of the columns on stdin: fitted on the first half."""

import json
import sys
import warnings

import numpy as np
from sklearn.preprocessing import KBinsDiscretizer, MinMaxScaler, PowerTransformer, QuantileTransformer, RobustScaler

warnings.simplefilter("ignore")
given = json.load(sys.stdin)
numbers = np.array(given["numbers"], dtype=float).T
half = given["half"]


def plain(values):
    """Nested lists with NaN as null."""
    return [plain(v) for v in values] if isinstance(values, (list, np.ndarray)) else None if values != values else values


def transformed(step, columns=numbers):
    return plain(step.fit(columns[:half]).transform(columns).T)


def binned(**options):
    """By column, since scikit-learn takes no missing values here: the present rows, missing as null again."""
    return [binned_column(column, options) for column in numbers.T]


def binned_column(column, options):
    found = np.full(len(column), np.nan)
    present = ~np.isnan(column)
    step = KBinsDiscretizer(encode="ordinal", quantile_method="linear", subsample=None, **options)
    step.fit(column[:half][present[:half]].reshape(-1, 1))
    found[present] = step.transform(column[present].reshape(-1, 1)).ravel()
    return plain(found)


def power(method, columns):
    step = PowerTransformer(method=method).fit(columns[:half])
    return {"lambdas": plain(step.lambdas_), "columns": plain(step.transform(columns).T)}


json.dump(
    {
        "minMax": transformed(MinMaxScaler(feature_range=(-1, 3))),
        "minMaxClip": transformed(MinMaxScaler(clip=True)),
        "robust": transformed(RobustScaler()),
        "robustUnit": transformed(RobustScaler(quantile_range=(10.0, 80.0), unit_variance=True)),
        "uniform": transformed(QuantileTransformer(subsample=None)),
        "normal": transformed(QuantileTransformer(n_quantiles=37, output_distribution="normal", subsample=None)),
        "yeoJohnson": power("yeo-johnson", numbers),
        "boxCox": power("box-cox", numbers - np.nanmin(numbers, axis=0) + 1),
        "binQuantile": binned(n_bins=7, strategy="quantile"),
        "binUniform": binned(n_bins=4, strategy="uniform"),
    },
    sys.stdout,
)
