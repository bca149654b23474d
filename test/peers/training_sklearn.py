"""The mean score over given folds of scikit-learn's pipeline with the encoding that the trainer uses by default."""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import log_loss, mean_squared_error, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

given = json.load(sys.stdin)
data = pd.read_csv(given["path"], na_values=["?", " "], keep_default_na=True)
target, task = data[given["target"]], given["task"]
numbers = [name for name in given["features"] if pd.api.types.is_numeric_dtype(data[name])]
words = [name for name in given["features"] if name not in numbers]
data[words] = data[words].astype(object).where(data[words].notna(), "<missing>")


def model():
    if task == "regression":
        return Ridge(alpha=given["alpha"])
    return LogisticRegression(C=1.0, max_iter=2000, tol=1e-8)


def score(fitted, rows, y):
    if task == "regression":
        return {"rmse": mean_squared_error(y, fitted.predict(rows)) ** 0.5}
    p = fitted.predict_proba(rows)
    if task == "multiclass":
        return {"logLoss": log_loss(y, p, labels=fitted.classes_)}
    positive = list(fitted.classes_).index(given["positive"])
    return {"auc": roc_auc_score(y == given["positive"], p[:, positive]), "logLoss": log_loss(y, p, labels=fitted.classes_)}


scores = []
for fold in given["folds"]:
    train, test = np.array(fold["train"]), np.array(fold["test"])
    encode = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            ("words", OneHotEncoder(handle_unknown="ignore"), words),
        ]
    )
    pipeline = make_pipeline(encode, model()).fit(data.iloc[train], target.iloc[train])
    scores.append(score(pipeline, data.iloc[test], target.iloc[test]))
print(json.dumps({name: [fold[name] for fold in scores] for name in scores[0]}))
