"""Scores raw rows with model directories written here, through mlflow.pyfunc."""

import json
import os
import pathlib
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
import mlflow.pyfunc
import pandas


def main():
    request = json.load(sys.stdin)
    rows = pandas.DataFrame(request["rows"])
    for name in request["dates"]:
        rows[name] = pandas.to_datetime(rows[name], utc=True, format="ISO8601").dt.tz_localize(None)
    for name in request["booleans"]:
        rows[name] = rows[name].astype(object)
    answers = {}
    for folder in pathlib.Path(request["folder"]).iterdir():
        try:
            predicted = mlflow.pyfunc.load_model(str(folder)).predict(rows)
            scores = predicted.select_dtypes("number")
            scores = scores.drop(columns="score") if len(scores.columns) > 1 else scores
            answers[folder.name] = {"scores": scores.to_numpy().ravel().tolist(), "labels": labels(predicted)}
        except Exception as error:
            answers[folder.name] = {"error": f"{type(error).__name__}: {error}"[:600], "scores": [], "labels": []}
    json.dump(answers, sys.stdout)


def labels(predicted):
    return predicted["label"].tolist() if "label" in predicted else []


main()
