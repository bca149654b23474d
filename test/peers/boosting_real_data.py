"""Cross-validates LightGBM, XGBoost or CatBoost on encoded rows: mean loss over folds, for each of some seeds."""

import json
import sys

import numpy
import pandas
from sklearn.metrics import log_loss, roc_auc_score

request = json.load(sys.stdin)
N_COLUMNS, TASK = request["nColumns"], request["task"]
DATA = numpy.fromfile(request["path"]).reshape(N_COLUMNS + 1, -1).T
TARGET = DATA[:, -1] if TASK == "regression" else DATA[:, -1].astype(int)
FOLD = numpy.array(request["folds"])
CATEGORICAL = request["categorical"]


def main():
    fit = {"lightgbm": with_lightgbm, "xgboost": with_xgboost, "catboost": with_catboost}[request["library"]]
    json.dump([numpy.mean([one_fold(fit, fold, seed) for fold in range(FOLD.max() + 1)], axis=0).tolist() for seed in request["seeds"]], sys.stdout)


def one_fold(fit, fold, seed):
    train, test = FOLD != fold, FOLD == fold
    scores = fit(frame(), TARGET, train, test, seed)
    if TASK == "regression":
        return [numpy.sqrt(numpy.mean((scores - TARGET[test]) ** 2))]
    if TASK == "multiclass":
        return [log_loss(TARGET[test], scores, labels=numpy.unique(TARGET))]
    return [log_loss(TARGET[test], scores), roc_auc_score(TARGET[test], scores)]


def frame():
    x = pandas.DataFrame(DATA[:, :-1])
    for column in CATEGORICAL:
        codes = x[column].fillna(-1).astype(int)
        levels = pandas.Categorical.from_codes(codes, categories=range(codes.max() + 1))
        x[column] = codes.astype(str) if request["library"] == "catboost" else levels
    return x


def with_lightgbm(x, y, train, test, seed):
    import lightgbm

    objective = {"binary": "binary", "multiclass": "multiclass", "regression": "regression"}[TASK]
    params = {"objective": objective, "verbosity": -1, "num_threads": 1, "seed": seed, **request["params"]}
    if TASK == "multiclass":
        params["num_class"] = int(y.max()) + 1
    data = lightgbm.Dataset(x[train], y[train], categorical_feature=CATEGORICAL or "auto")
    return lightgbm.train(params, data, request["rounds"]).predict(x[test])


def with_xgboost(x, y, train, test, seed):
    import xgboost

    objective = {"binary": "binary:logistic", "multiclass": "multi:softprob", "regression": "reg:squarederror"}[TASK]
    params = {"objective": objective, "tree_method": "hist", "nthread": 1, "seed": seed, **request["params"]}
    if TASK == "multiclass":
        params["num_class"] = int(y.max()) + 1
    matrix = lambda rows: xgboost.DMatrix(x[rows], y[rows], enable_categorical=True)
    return xgboost.train(params, matrix(train), request["rounds"]).predict(matrix(test))


def with_catboost(x, y, train, test, seed):
    import catboost

    kind = catboost.CatBoostRegressor if TASK == "regression" else catboost.CatBoostClassifier
    model = kind(iterations=request["rounds"], random_seed=seed, thread_count=1, verbose=0, allow_writing_files=False, **request["params"])
    model.fit(x[train], y[train], cat_features=CATEGORICAL)
    if TASK == "regression":
        return model.predict(x[test])
    scores = model.predict_proba(x[test])
    return scores[:, 1] if TASK == "binary" else scores


main()
