"""Trains small models with LightGBM and CatBoost and writes them with their rows, scores, leaves, SHAP values and importances."""

import json
import pathlib
import sys
import tempfile

import catboost
import lightgbm
import numpy

N_ROWS, N_FEATURES, N_SCORED = 2000, 6, 200


def main():
    request = json.load(sys.stdin)
    random = numpy.random.default_rng(request["seed"])
    x = random.normal(size=(N_ROWS, N_FEATURES))
    x[:, 4] = random.integers(0, 40, N_ROWS)
    score = x[:, 0] * x[:, 1] + numpy.where(numpy.isin(x[:, 4], [1, 5, 33, 39]), 2, 0) + 0.3 * random.normal(size=N_ROWS)
    x[random.random(N_ROWS) < 0.1, 0] = numpy.nan
    answer = {"catboost": with_catboost, "lightgbm": with_lightgbm}[request["library"]](request, x, score)
    rows = [[None if numpy.isnan(value) else value for value in row] for row in x[:N_SCORED]]
    json.dump({"rows": rows, **answer}, sys.stdout)


def with_lightgbm(request, x, score):
    target = {
        "binary": score > 0,
        "multiclass": numpy.digitize(score, [-0.5, 1]),
        "regression": score,
    }[request["objective"]]
    params = {"objective": request["objective"], "verbosity": -1, "num_threads": 1, "seed": 1, **request["params"]}
    data = lightgbm.Dataset(x, target, categorical_feature=request["categorical"])
    model = lightgbm.train(params, data, 20)
    # Scored from the text, which rounds nothing but is what the other side reads.
    model = lightgbm.Booster(model_str=model.model_to_string())
    scored = x[:N_SCORED]
    return {
        "model": model.model_to_string(),
        "scores": model.predict(scored, raw_score=True).reshape(N_SCORED, -1).tolist(),
        "leaves": model.predict(scored, pred_leaf=True).reshape(N_SCORED, -1).tolist(),
        "contributions": model.predict(scored, pred_contrib=True).tolist(),
        "gain": model.feature_importance("gain").tolist(),
        "split": model.feature_importance("split").tolist(),
    }


def with_catboost(request, x, score):
    model = catboost.CatBoostClassifier(
        iterations=20, verbose=0, thread_count=1, allow_writing_files=False, random_seed=1, **request["params"]
    ).fit(x, score > 0)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        text = path.read_text()
    return {"model": text, "scores": model.predict(x[:N_SCORED], prediction_type="RawFormulaVal").reshape(-1, 1).tolist()}


main()
