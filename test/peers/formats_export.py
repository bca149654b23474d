"""Loads model files that this library wrote with the library of each format, and scores rows."""

import base64
import json
import pathlib
import sys
import tempfile

import catboost
import lightgbm
import numpy
import pandas
import xgboost


def main():
    json.dump([scored(request) for request in json.load(sys.stdin)], sys.stdout)


def scored(request):
    data = base64.b64decode(request["model"])
    table = pandas.DataFrame(request["rows"], columns=[feature["name"] for feature in request["features"]])
    levels = {f["name"]: f["levels"] for f in request["features"] if f["kind"] == "categorical"}
    table = table.astype({name: "float64" for name in table if name not in levels})
    reader = {"lightgbm": with_lightgbm, "xgboost-json": with_xgboost, "xgboost-ubj": with_xgboost}
    try:
        raw, outputs = reader.get(request["format"], with_catboost)(data, table, levels, request["task"])
    except Exception as error:  # the cell fails, not all of them
        return {"error": str(error)[:300], "raw": [], "outputs": []}
    shape = (len(table), -1)
    return {
        "raw": numpy.asarray(raw, dtype=float).reshape(shape).tolist(),
        "outputs": numpy.asarray(outputs, dtype=float).reshape(shape).tolist(),
    }


def with_lightgbm(data, table, levels, task):
    for name, known in levels.items():
        table[name] = pandas.Categorical(table[name], categories=known)
    model = lightgbm.Booster(model_str=data.decode())
    return model.predict(table, raw_score=True), model.predict(table)


def with_xgboost(data, table, levels, task):
    for name, known in levels.items():
        table[name] = pandas.Categorical(table[name], categories=known)
    model = xgboost.Booster(model_file=bytearray(data))
    rows = xgboost.DMatrix(table, enable_categorical=True)
    return model.predict(rows, output_margin=True), model.predict(rows)


def with_catboost(data, table, levels, task):
    for name in levels:
        table[name] = table[name].astype(object).where(table[name].notna(), "a category that nobody has seen")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.json"
        path.write_bytes(data)
        model = (catboost.CatBoost if task == "regression" else catboost.CatBoostClassifier)()
        model.load_model(str(path), format="json")
    pool = catboost.Pool(table, cat_features=list(levels))
    raw = model.predict(pool, prediction_type="RawFormulaVal")
    if task == "regression":
        return raw, raw
    outputs = model.predict(pool, prediction_type="Probability")
    return raw, outputs[:, 1] if task == "binary" else outputs


main()
