"""scikit-learn's linear models on encoded rows: {path, columns, trainRows, jobs} in, one result a job out."""

import json
import sys

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import log_loss, roc_auc_score

asked = json.load(sys.stdin)
values = np.fromfile(asked["path"], dtype="<f8").reshape(asked["columns"] + 1, -1)
n = asked["trainRows"]
x, y = np.ascontiguousarray(values[:-1].T), values[-1]


def class_weights(params):
    """JSON has text for keys where scikit-learn wants the classes."""
    weights = params.get("class_weight")
    return {float(k): w for k, w in weights.items()} if isinstance(weights, dict) else weights


def logistic(params, sample_weight=None):
    model = LogisticRegression(**{**params, "class_weight": class_weights(params)})
    model.fit(x[:n], y[:n], sample_weight=sample_weight)
    p = model.predict_proba(x[n:]) if n < len(x) else model.predict_proba(x)
    truth = y[n:] if n < len(x) else y
    auc = roc_auc_score(truth, p[:, 1]) if p.shape[1] == 2 else None
    return {
        "auc": auc,
        "logLoss": log_loss(truth, p, labels=model.classes_),
        "coefficients": model.coef_.ravel().tolist(),
        "intercepts": model.intercept_.tolist(),
        "predictions": p.tolist(),
    }


def linear(params, sample_weight=None):
    model = Ridge(solver="cholesky", **params) if params.get("alpha") else LinearRegression()
    model.fit(x[:n], y[:n], sample_weight=sample_weight)
    return {
        "coefficients": model.coef_.tolist(),
        "intercepts": [float(model.intercept_)],
        "predictions": model.predict(x[n:]).tolist(),
    }


def run(job):
    weights = np.array(job["weights"]) if job.get("weights") else None
    return {"logistic": logistic, "linear": linear}[job["model"]](job.get("params", {}), weights)


json.dump([run(job) for job in asked["jobs"]], sys.stdout)
