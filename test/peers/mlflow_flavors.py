"""Scores rows with the native flavors of model directories written here: MLflow's own loaders, then the library itself."""

import json
import os
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
import mlflow
import pandas
import xgboost

request = json.load(sys.stdin)
rows = pandas.DataFrame(request["rows"], dtype=float)
predict = {
    "lightgbm": lambda folder: mlflow.lightgbm.load_model(folder).predict(rows),
    "xgboost": lambda folder: mlflow.xgboost.load_model(folder).predict(xgboost.DMatrix(rows)),
    "catboost": lambda folder: mlflow.catboost.load_model(folder).predict(rows, prediction_type="Probability")[:, 1],
}
answers = {flavor: [float(score) for score in predict[flavor](folder)] for flavor, folder in request["folders"].items()}
json.dump(answers, sys.stdout)
