"""Trains small models with an old XGBoost, which has numpy alone beside it, and writes them with rows and what it makes of them."""

import base64
import json
import sys

import numpy
import xgboost

N_ROWS, N_SCORED, N_LEVELS = 1500, 1000, 8
NAMES = ["a", "b", "c", "d", "e"]


def answer(request):
    random = numpy.random.default_rng(5)
    table, types, score = make_data(request["data"], random)
    params = {"nthread": 1, "seed": 1, "max_depth": 4, "max_cat_to_onehot": 2, "tree_method": "hist", **request["params"]}
    target = make_target(request["task"], score)
    names = NAMES if len(types) == 5 else [*NAMES, "f"]
    data = matrix(table, names, types, target)
    if params["objective"].startswith("rank"):
        data.set_group([N_ROWS])
    if params["objective"] == "survival:aft":
        data.set_float_info("label_lower_bound", target)
        data.set_float_info("label_upper_bound", target + 1)
    stop = {"evals": [(data, "train")], "early_stopping_rounds": 2, "verbose_eval": False} if request.get("stop") else {}
    model = xgboost.train(params, data, request.get("rounds", 15), **stop)
    raw = model.save_raw(request.get("format", "json"))
    scored = matrix(table[:N_SCORED], names, types)
    kept = {"iteration_range": (0, model.best_iteration + 1)} if request.get("stop") else {}
    cells = table[:N_SCORED].astype(object)
    cells[numpy.isnan(table[:N_SCORED])] = None
    return {
        "columns": names,
        "rows": cells.tolist(),
        "model": base64.b64encode(bytes(raw)).decode(),
        "raw": model.predict(scored, output_margin=True, **kept).astype(float).reshape(N_SCORED, -1).tolist(),
        "outputs": model.predict(scored, **kept).astype(float).reshape(N_SCORED, -1).tolist(),
    }


def make_data(kind, random):
    table = random.normal(size=(N_ROWS, 5))
    table[:, 4] = random.integers(0, 6, N_ROWS)
    score = table[:, 0] * table[:, 1] + table[:, 4] / 2 + 0.3 * random.normal(size=N_ROWS)
    if kind == "missing":
        table[random.random(N_ROWS) < 0.2, 0] = numpy.nan
        table[random.random(N_ROWS) < 0.1, 3] = numpy.nan
    if kind != "categorical":
        return table, ["q"] * 5, score
    codes = random.integers(0, N_LEVELS, N_ROWS)
    score = score + numpy.where(numpy.isin(codes, [1, 3, 6]), 1.5, -0.5)
    return numpy.column_stack([table, codes]), ["q"] * 5 + ["c"], score


def make_target(task, score):
    if task == "binary":
        return (score > 1).astype(int)
    if task == "multiclass":
        return numpy.digitize(score, [0.5, 1.7])
    return numpy.round(numpy.abs(score) * 2) + 1 if task == "positive" else score


def matrix(table, names, types, target=None):
    return xgboost.DMatrix(table, target, feature_names=names, feature_types=types, enable_categorical=True)


json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)
