"""Trains small models with LightGBM, XGBoost and CatBoost and writes them with rows and what the library makes of them."""

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

N_ROWS, N_SCORED = 1500, 1000
LEVELS = ["red", "green", "blue", "Ü x", "grey", "pink", "teal", "gold"]


def main():
    json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)


def answer(request):
    random = numpy.random.default_rng(request.get("seed", 5))
    table, score = make_data(request["data"], random)
    target = make_target(request["task"], score)
    scored = {"lightgbm": with_lightgbm, "xgboost": with_xgboost, "catboost": with_catboost}[request["library"]](
        request, table, target
    )
    rows = table.head(N_SCORED).astype(object).where(table.head(N_SCORED).notna(), None)
    return {"columns": list(table.columns), "rows": rows.values.tolist(), **scored}


def make_data(kind, random):
    table = pandas.DataFrame(random.normal(size=(N_ROWS, 5)), columns=["a", "b", "c", "d", "e"])
    table["e"] = random.integers(0, 6, N_ROWS).astype("float64")
    score = table.a * table.b + table.e / 2 + 0.3 * random.normal(size=N_ROWS)
    if kind == "missing":
        score = score + table.c.isna()
        table.loc[random.random(N_ROWS) < 0.2, "a"] = numpy.nan
        table.loc[random.random(N_ROWS) < 0.1, "d"] = numpy.nan
    if kind == "categorical":
        codes = random.integers(0, len(LEVELS), N_ROWS)
        table["f"] = pandas.Categorical([LEVELS[code] for code in codes], categories=LEVELS)
        score = score + numpy.where(numpy.isin(codes, [1, 3, 6]), 1.5, -0.5)
    return table, score.to_numpy()


def make_target(task, score):
    if task == "binary":
        return (score > 1).astype(int)
    if task == "multiclass":
        return numpy.digitize(score, [0.5, 1.7])
    return numpy.round(numpy.abs(score) * 2) + 1 if task == "positive" else score


def with_lightgbm(request, table, target):
    params = {"verbosity": -1, "num_threads": 1, "seed": 1, "min_data_per_group": 5, **request["params"]}
    model = lightgbm.train(params, lightgbm.Dataset(table, target), request.get("rounds", 15))
    text = model.model_to_string()
    model = lightgbm.Booster(model_str=text)
    scored = table.head(N_SCORED)
    return {
        "model": base64.b64encode(text.encode()).decode(),
        "raw": model.predict(scored, raw_score=True).reshape(N_SCORED, -1).tolist(),
        "outputs": model.predict(scored).reshape(N_SCORED, -1).tolist(),
    }


def with_xgboost(request, table, target):
    params = {"nthread": 1, "seed": 1, "max_depth": 4, "max_cat_to_onehot": 2, **request["params"]}
    if "f" in table:  # XGBoost cuts names beyond ASCII in the wrong places
        table["f"] = table["f"].cat.rename_categories({"Ü x": "U x"})
    data = xgboost.DMatrix(table, target, enable_categorical=True)
    if params["objective"].startswith("rank"):
        data.set_group([N_ROWS])
    if params["objective"] == "survival:aft":
        data.set_float_info("label_lower_bound", target)
        data.set_float_info("label_upper_bound", target + 1)
    stop = {"evals": [(data, "train")], "early_stopping_rounds": 2, "verbose_eval": False} if request.get("stop") else {}
    model = xgboost.train(params, data, request.get("rounds", 15), **stop)
    raw = model.save_raw(request.get("format", "json"))
    model = xgboost.Booster(model_file=bytearray(raw))
    scored = xgboost.DMatrix(table.head(N_SCORED), enable_categorical=True)
    kept = {"iteration_range": (0, model.best_iteration + 1)} if request.get("stop") else {}
    return {
        "model": base64.b64encode(bytes(raw)).decode(),
        "raw": model.predict(scored, output_margin=True, **kept).astype(float).reshape(N_SCORED, -1).tolist(),
        "outputs": model.predict(scored, **kept).astype(float).reshape(N_SCORED, -1).tolist(),
    }


def with_catboost(request, table, target):
    if "f" in table:
        table["f"] = table["f"].astype(str).astype(object)
    params = {"iterations": 15, "depth": 4, "verbose": 0, "thread_count": 1, "allow_writing_files": False, "random_seed": 1}
    pool = catboost.Pool(table, target, cat_features=["f"] if "f" in table else [])
    model = catboost.CatBoost({**params, **request["params"]}).fit(pool)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.json"
        model.save_model(str(path), format="json", pool=pool)
        data = path.read_bytes()
    scored = table.head(N_SCORED)
    kind = request.get("prediction", "RawFormulaVal")
    outputs = numpy.asarray(model.predict(scored, prediction_type=kind)).reshape(N_SCORED, -1)
    return {
        "model": base64.b64encode(data).decode(),
        "raw": numpy.asarray(model.predict(scored, prediction_type="RawFormulaVal")).reshape(N_SCORED, -1).tolist(),
        "outputs": outputs[:, 1:].tolist() if kind == "Probability" and outputs.shape[1] == 2 else outputs.tolist(),
    }


main()
