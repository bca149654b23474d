"""Logs models of LightGBM and XGBoost to an MLflow server as Python does, and says what they predict for raw rows."""

import json
import os
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
import lightgbm
import mlflow
import numpy
import pandas
import xgboost
from mlflow.models import infer_signature

mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("python")
random = numpy.random.default_rng(3)
N = 300
rows = pandas.DataFrame({"age": random.normal(40, 9, N), "visits": random.integers(0, 9, N), "spent": random.lognormal(size=N)})
rows.loc[::6, "age"] = numpy.nan
target = ((rows["visits"] + rows["spent"]) > 5).astype(int)


def answer(name, log, model, predict, table=rows):
    signature = infer_signature(table, predict(table))
    info = log(model, name="model", signature=signature, input_example=table.head(3), registered_model_name=name)
    mlflow.MlflowClient().set_registered_model_alias(name, "champion", info.registered_model_version)
    loaded = mlflow.pyfunc.load_model(f"models:/{name}@champion").predict(table)
    return {"name": name, "scores": numpy.asarray(loaded, dtype=float).ravel().tolist()}


booster = lightgbm.train({"objective": "binary", "verbosity": -1, "min_data_in_leaf": 5}, lightgbm.Dataset(rows, target), 12)
trees = xgboost.train({"objective": "binary:logistic", "max_depth": 3}, xgboost.DMatrix(rows, target), 12)
pickled = lightgbm.LGBMClassifier(n_estimators=3, verbose=-1).fit(rows, target)
answers = [
    answer("from-lightgbm", mlflow.lightgbm.log_model, booster, booster.predict),
    answer("from-xgboost", lambda *of, **how: mlflow.xgboost.log_model(*of, model_format="json", **how), trees, lambda t: trees.predict(xgboost.DMatrix(t))),
    answer("from-pickle", mlflow.lightgbm.log_model, pickled, pickled.predict),
]
cells = json.loads(rows.to_json(orient="records", double_precision=15))
print(json.dumps({"rows": cells, "models": answers}))
