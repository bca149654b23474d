"""What scikit-learn's imputers, scaler and encoders make of the columns on stdin: fitted on the first half, applied to all."""

import json
import sys

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

given = json.load(sys.stdin)
numbers = np.array(given["numbers"], dtype=float).T
strings = np.array([[np.nan if cell is None else cell for cell in column] for column in given["strings"]], dtype=object).T
half = given["half"]


def plain(values):
    """Nested lists with NaN as null."""
    return [plain(v) for v in values] if isinstance(values, (list, np.ndarray)) else None if values != values else values


def imputed(strategy):
    fitted = SimpleImputer(strategy=strategy).fit(numbers[:half])
    return {"fills": plain(fitted.statistics_), "columns": plain(fitted.transform(numbers).T)}


def one_hot(**options):
    """By column: the rows that are 1 in each output. Null where there is no infrequent category, or missing is one."""
    return [one_hot_column(strings[:, [i]], options) for i in range(strings.shape[1])]


def one_hot_column(column, options):
    fitted = OneHotEncoder(sparse_output=False, **options).fit(column[:half])
    if "min_frequency" in options:
        rare = fitted.infrequent_categories_[0]
        if rare is None or any(each != each for each in rare):
            return None
    return [np.flatnonzero(output).tolist() for output in fitted.transform(column).T]


scaler = StandardScaler().fit(numbers[:half])
ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan).fit(strings[:half])
text_imputer = SimpleImputer(strategy="most_frequent").fit(strings[:half])

json.dump(
    {
        "imputed": {name: imputed(name) for name in ["median", "mean", "most_frequent"]},
        "stringFills": text_imputer.statistics_.tolist(),
        "scaled": {"mean": plain(scaler.mean_), "scale": plain(scaler.scale_), "columns": plain(scaler.transform(numbers).T)},
        "oneHot": {
            "plain": one_hot(handle_unknown="ignore"),
            "first": one_hot(handle_unknown="ignore", drop="first"),
            "ifBinary": one_hot(handle_unknown="ignore", drop="if_binary"),
            "rare": one_hot(handle_unknown="infrequent_if_exist", min_frequency=given["minFrequency"]),
        },
        "ordinal": {"levels": [[level for level in each if level == level] for each in ordinal.categories_], "columns": plain(ordinal.transform(strings).T)},
    },
    sys.stdout,
)
