"""LightGBM, XGBoost and CatBoost for bench/boosting.mjs: train on rows that a file of float32 columns holds."""

import importlib
import time

import numpy
from python_peer import serve

state = {}


def load(path, n_rows, n_train, n_features, n_levels, libraries, with_test=True):
    """Makes each library's input: row-major arrays, column-major ones for CatBoost, data frames where features are categorical.

    Columns are read one at a time into their place, so that no second copy counts as a library's memory.
    """
    state.clear()
    y = numpy.fromfile(path, "<f4", offset=4 * n_features * n_rows)
    state.update(n_levels=n_levels, y=y[:n_train], y_test=y[n_train:])
    orders = {("F" if library == "catboost" else "C") for library in libraries}
    parts = {"x": (0, n_train), **({"x_test": (n_train, n_rows)} if with_test else {})}
    arrays = {
        (order, part): read_rows(path, n_rows, n_features, rows, order)
        for order in orders
        for part, rows in parts.items()
    }
    for library in libraries:
        importlib.import_module(library)
        order = "F" if library == "catboost" else "C"
        for part in parts:
            state[library, part] = library_input(library, arrays[order, part], n_levels)


def read_rows(path, n_rows, n_features, rows, order):
    first, end = rows
    x = numpy.empty((end - first, n_features), numpy.float32, order=order)
    for column in range(n_features):
        x[:, column] = numpy.fromfile(path, "<f4", count=end - first, offset=4 * (column * n_rows + first))
    return x


def library_input(library, x, n_levels):
    if library == "lightgbm" or not n_levels:
        return x
    import pandas

    frame = pandas.DataFrame(x)
    for column, levels in enumerate(n_levels):
        codes = frame[column].astype(int)
        is_catboost = library == "catboost"
        frame[column] = codes if is_catboost else pandas.Categorical.from_codes(codes, categories=range(levels))
    return frame


def fit(library, params, rounds, threads):
    """Trains once; the time is that of the library's data set and its training."""
    x, y, categorical = state[library, "x"], state["y"], list(range(len(state["n_levels"])))
    train = {"lightgbm": fit_lightgbm, "xgboost": fit_xgboost, "catboost": fit_catboost}[library]
    start = time.perf_counter()
    predict = train(x, y, categorical, params, rounds, threads)
    seconds = time.perf_counter() - start
    if (library, "x_test") not in state:
        return {"time": seconds}
    from sklearn.metrics import roc_auc_score

    return {"time": seconds, "auc": float(roc_auc_score(state["y_test"], predict(state[library, "x_test"])))}


def fit_lightgbm(x, y, categorical, params, rounds, threads):
    import lightgbm

    params = {**params, "num_threads": threads, "verbosity": -1}
    data = lightgbm.Dataset(x, y, params=params, categorical_feature=categorical or "auto")
    return lightgbm.train(params, data, rounds).predict


def fit_xgboost(x, y, categorical, params, rounds, threads):
    import xgboost

    data = xgboost.QuantileDMatrix(
        x, y, max_bin=params["max_bin"], nthread=threads, enable_categorical=bool(categorical)
    )
    model = xgboost.train({**params, "nthread": threads, "verbosity": 0}, data, rounds)
    return lambda test: model.predict(xgboost.DMatrix(test, nthread=threads, enable_categorical=bool(categorical)))


def fit_catboost(x, y, categorical, params, rounds, threads):
    import catboost

    data = catboost.Pool(x, y, cat_features=categorical or None, thread_count=threads)
    model = catboost.CatBoostClassifier(
        **params, iterations=rounds, thread_count=threads, verbose=False, allow_writing_files=False
    ).fit(data)
    return lambda test: model.predict_proba(test)[:, 1]


serve(load=load, fit=fit)
