"""scikit-learn's linear models beside ours: encodes a workload, writes it out column by column, fits and scores it."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.preprocessing import OneHotEncoder, StandardScaler

sys.path.insert(0, str(Path(__file__).parent.parent / "harness"))
from python_peer import serve  # noqa: E402

state = {}


def csv_workload(path, target, train_rows, out, shuffle=False):
    """One-hot strings (missing is a category), standard-scaled numbers (missing is the median), fitted on the first rows."""
    table = pd.read_csv(path, keep_default_na=False, na_values=["", "NA"])
    if shuffle:
        table = table.iloc[np.random.default_rng(1).permutation(len(table))]
    labels = table.pop(target)
    y = labels.to_numpy(np.float64) if labels.dtype.kind in "if" else labels.astype("category").cat.codes.to_numpy(np.float64)
    names = [name for name in table if table[name].dtype.kind in "if"]
    numbers = table[names].fillna(table[names][:train_rows].median())
    strings = table[[name for name in table if name not in names]].fillna("missing").astype(str)
    scaler = StandardScaler().fit(numbers[:train_rows])
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(strings[:train_rows])
    return keep(np.hstack([scaler.transform(numbers), encoder.transform(strings)]), y, train_rows, out)


def made_workload(rows, train_rows, out):
    """28 columns, of which a few carry signal, most of it not linear."""
    random = np.random.default_rng(5)
    x = random.normal(size=(rows, 28)).astype(np.float32)
    x[:, 20:] = np.abs(x[:, 20:]) + 0.2
    z = 1.2 * x[:, 0] * x[:, 1] + x[:, 2] - 0.8 * (x[:, 21] > 1) + 0.5 * np.sin(3 * x[:, 3]) + 0.3 * x[:, 4] * x[:, 22]
    y = (random.random(rows) < 1 / (1 + np.exp(-z))).astype(np.float64)
    x = x.round(5).astype(np.float64)
    return keep(StandardScaler().fit(x[:train_rows]).transform(x), y, train_rows, out)


def keep(x, y, train_rows, out):
    state.update(x=np.ascontiguousarray(x), y=y, train_rows=train_rows)
    np.concatenate([x.T.ravel(), y]).astype("<f8").tofile(out)
    return {"rows": x.shape[0], "columns": x.shape[1], "train_rows": train_rows}


def fit_logistic(options=None, weights=None):
    """Fits LogisticRegression to the first rows of the workload and scores the rest."""
    x, y, n = state["x"], state["y"], state["train_rows"]
    model = LogisticRegression(**(options or {}))
    start = time.perf_counter()
    model.fit(x[:n], y[:n], sample_weight=None if weights is None else np.array(weights))
    fit_seconds = time.perf_counter() - start
    p = model.predict_proba(x[n:])
    scores = {} if len(model.classes_) > 2 else {"auc": roc_auc_score(y[n:], p[:, 1])}
    return {
        **scores,
        "time": fit_seconds,
        "log_loss": log_loss(y[n:], p, labels=model.classes_),
        "iterations": int(model.n_iter_.max()),
        "coefficients": model.coef_.tolist(),
        "intercepts": model.intercept_.tolist(),
        "probabilities": p[:200].tolist(),
    }


def fit_linear(l2, weights=None):
    """Fits Ridge, or LinearRegression without a penalty, to the first rows of the workload and predicts the rest."""
    x, y, n = state["x"], state["y"], state["train_rows"]
    model = LinearRegression() if l2 == 0 else Ridge(alpha=l2)
    start = time.perf_counter()
    model.fit(x[:n], y[:n], sample_weight=None if weights is None else np.array(weights))
    return {
        "time": time.perf_counter() - start,
        "coefficients": model.coef_.tolist(),
        "intercept": model.intercept_,
        "predictions": model.predict(x[n:]).tolist(),
    }


serve(csv_workload=csv_workload, made_workload=made_workload, fit_logistic=fit_logistic, fit_linear=fit_linear)
