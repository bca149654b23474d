"""What scikit-learn's target encoder and hashers, its products and pandas' dates make of what is on stdin."""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import PolynomialFeatures, TargetEncoder

given = json.load(sys.stdin)
strings = np.array([[np.nan if cell is None else cell for cell in column] for column in given["strings"]], dtype=object).T
folds = np.array(given["folds"])
splits = [(np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)) for fold in np.unique(folds)]


def plain(values):
    """Nested lists with NaN as null."""
    return [plain(v) for v in values] if isinstance(values, (list, np.ndarray)) else None if values != values else values


def target_encoded(target, target_type, smooth):
    step = TargetEncoder(cv=splits, smooth=smooth, target_type=target_type)
    out_of_fold = step.fit_transform(strings, np.array(target))
    return {"outOfFold": plain(out_of_fold.T), "applied": plain(step.transform(strings).T)}


def hashed(column):
    rows = [[] if cell is None else [cell] for cell in column]
    return FeatureHasher(n_features=13, input_type="string").transform(rows).toarray().T.tolist()


def words(**options):
    texts = [cell or "" for cell in given["texts"]]
    return HashingVectorizer(n_features=29, **options).transform(texts).toarray().T.tolist()


dates = pd.to_datetime(pd.Series(given["dates"], dtype="float64"), unit="ms")
parts = {
    "year": dates.dt.year,
    "quarter": dates.dt.quarter,
    "month": dates.dt.month,
    "week": dates.dt.isocalendar().week.astype("float64"),
    "dayOfYear": dates.dt.dayofyear,
    "day": dates.dt.day,
    "weekday": dates.dt.weekday,
    "hour": dates.dt.hour,
    "minute": dates.dt.minute,
    "second": dates.dt.second,
}
numbers = np.array(given["numbers"], dtype=float).T

json.dump(
    {
        "binary": target_encoded(given["binary"], "binary", "auto"),
        "regression": target_encoded(given["regression"], "continuous", 7.5),
        "multiclass": target_encoded(given["classes"], "multiclass", "auto"),
        "hashed": [hashed(column) for column in given["strings"]],
        "words": words(),
        "wordCounts": words(norm=None, alternate_sign=False, lowercase=False),
        "products": PolynomialFeatures(interaction_only=True, include_bias=False).fit_transform(numbers).T.tolist(),
        "squares": PolynomialFeatures(include_bias=False).fit_transform(numbers).T.tolist(),
        "parts": {name: plain(values.tolist()) for name, values in parts.items()},
    },
    sys.stdout,
)
