"""Evidently's preset and scipy's tests on two tables in memory, for bench/drift.mjs: drift.py FOLDER."""

import sys
import warnings

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset
from python_peer import serve
from scipy import stats

warnings.simplefilter("ignore")
folder = sys.argv[1]
CATEGORIES = np.array(list("abcdefgh"), dtype=object)
NUMERIC = [f"n{i}" for i in range(14)]
CATEGORICAL = [f"c{i}" for i in range(6)]


def read(name):
    numbers = {column: np.fromfile(f"{folder}{name}-{column}.bin", dtype=np.float64) for column in NUMERIC}
    codes = {column: np.fromfile(f"{folder}{name}-{column}.bin", dtype=np.int32) for column in CATEGORICAL}
    return pd.DataFrame({**numbers, **{column: CATEGORIES[values] for column, values in codes.items()}})


train, current = read("train"), read("current")
definition = DataDefinition(numerical_columns=NUMERIC, categorical_columns=CATEGORICAL)
datasets = [Dataset.from_pandas(frame, data_definition=definition) for frame in (current, train)]


def evidently():
    snapshot = Report([DataDriftPreset()]).run(*datasets)
    return {"metrics": len(snapshot.dict()["metrics"])}


def scipy():
    for column in NUMERIC:
        stats.ks_2samp(train[column].to_numpy(), current[column].to_numpy())
    for column in CATEGORICAL:
        expected = train[column].value_counts().reindex(CATEGORIES, fill_value=0)
        observed = current[column].value_counts().reindex(CATEGORIES, fill_value=0)
        stats.chisquare(observed, expected * (len(current) / len(train)))
    return {}


serve(evidently=evidently, scipy=scipy)
