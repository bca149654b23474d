"""scikit-learn's logistic regression on a workload that a file of doubles holds: the columns, then the target."""

import sys
import time
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

sys.path.insert(0, str(Path(__file__).parent.parent / "harness"))
from python_peer import serve  # noqa: E402

data = {}


def load(path, columns, train_rows):
    values = np.fromfile(path, dtype="<f8").reshape(columns + 1, -1)
    x, y = np.ascontiguousarray(values[:-1].T), values[-1]
    data.update(train=(x[:train_rows], y[:train_rows]), test=(x[train_rows:], y[train_rows:]))


def fit():
    start = time.perf_counter()
    model = LogisticRegression().fit(*data["train"])
    seconds = time.perf_counter() - start
    x, y = data["test"]
    p = model.predict_proba(x)[:, 1]
    return {"time": seconds, "auc": roc_auc_score(y, p), "logLoss": log_loss(y, p)}


serve(load=load, fit=fit)
