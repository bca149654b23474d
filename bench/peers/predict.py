"""LightGBM and CatBoost for bench/predict.mjs: train once into a folder, then score batches and single rows."""

import ctypes
import pathlib
import sys
import time

import catboost
import lightgbm
import numpy
from python_peer import serve

FOLDER = pathlib.Path(sys.argv[1])
N_ROWS, N_TREES, N_LEAVES, DEPTH = 200_000, 100, 31, 6
CATEGORICAL_LEVELS = [4, 8, 16, 32, 50, 100, 200, 500]
state = {}


def numeric_data():
    random = numpy.random.default_rng(5)
    x = random.normal(size=(N_ROWS, 28)).astype(numpy.float32)
    x[:, 20:] = numpy.abs(x[:, 20:]) + 0.2
    score = 1.2 * x[:, 0] * x[:, 1] + x[:, 2] - 0.8 * (x[:, 21] > 1) + 0.5 * numpy.sin(3 * x[:, 3])
    score += 0.3 * x[:, 4] * x[:, 22]
    return x, labels(score, random)


def categorical_data():
    """12 numeric features, then 8 categorical ones."""
    random = numpy.random.default_rng(1)
    x = random.normal(size=(N_ROWS, 20)).astype(numpy.float32)
    score = x[:, 0] * x[:, 1]
    for position, n_levels in enumerate(CATEGORICAL_LEVELS):
        levels = random.integers(0, n_levels, N_ROWS)
        x[:, 12 + position] = levels
        score += 0.4 * random.normal(size=n_levels)[levels]
    return x, labels(score, random)


def labels(score, random):
    return (random.random(N_ROWS) < 1 / (1 + numpy.exp(-score))).astype(numpy.int32)


def prepare(threads):
    """Trains what is not on disk yet; the columns go to files that Node reads."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state["x"] = {}
    for name, (x, y) in {"numeric": numeric_data(), "categorical": categorical_data()}.items():
        x.T.tofile(FOLDER / f"{name}.f32")
        state["x"][name] = x
        train_lightgbm(name, x, y, threads)
        state[name] = lightgbm.Booster(model_file=FOLDER / f"{name}.txt")
        if name == "numeric":
            train_catboost(x, y, threads)
    state["catboost"] = catboost.CatBoostClassifier().load_model(str(FOLDER / "catboost.cbm"))
    return {"n_rows": N_ROWS}


def train_lightgbm(name, x, y, threads):
    if (FOLDER / f"{name}.txt").exists():
        return
    params = {"objective": "binary", "num_leaves": N_LEAVES, "verbosity": -1, "num_threads": threads}
    categorical = list(range(12, 20)) if name == "categorical" else []
    model = lightgbm.train(params, lightgbm.Dataset(x, y, categorical_feature=categorical), N_TREES)
    model.save_model(FOLDER / f"{name}.txt")


def train_catboost(x, y, threads):
    if (FOLDER / "catboost.json").exists():
        return
    model = catboost.CatBoostClassifier(
        iterations=N_TREES, depth=DEPTH, verbose=0, thread_count=threads, allow_writing_files=False
    ).fit(x, y)
    model.save_model(str(FOLDER / "catboost.json"), format="json")
    model.save_model(str(FOLDER / "catboost.cbm"))


def lightgbm_batch(data, n_threads):
    start = time.perf_counter()
    state["scores"] = state[data].predict(state["x"][data], raw_score=True, num_threads=n_threads)
    return {"time": time.perf_counter() - start}


def catboost_batch(data, n_threads):
    start = time.perf_counter()
    model, x = state["catboost"], state["x"][data]
    state["scores"] = model.predict(x, prediction_type="RawFormulaVal", thread_count=n_threads)
    return {"time": time.perf_counter() - start}


def lightgbm_shap(n_rows, n_threads):
    state["numeric"].predict(state["x"]["numeric"][:n_rows], pred_contrib=True, num_threads=n_threads)


def write_scores():
    """Writes the last batch's raw scores, to be compared."""
    numpy.asarray(state["scores"], numpy.float64).tofile(FOLDER / "scores.f64")


def lightgbm_single(n_rows):
    """Seconds of each single row through the C API's fast path, as quantiles; the clock's own cost is taken off."""
    call = fast_single_row()
    times = []
    for row in range(n_rows):
        start = time.perf_counter_ns()
        call(row)
        times.append(time.perf_counter_ns() - start)
    empty = []
    for _ in range(n_rows):
        start = time.perf_counter_ns()
        empty.append(time.perf_counter_ns() - start)
    clock = numpy.median(empty)
    return {name: max(numpy.quantile(times, q) - clock, 0) / 1e9 for name, q in {"p50": 0.5, "p99": 0.99}.items()}


def fast_single_row():
    if "single" in state:
        return state["single"]
    library = ctypes.CDLL(str(next(pathlib.Path(lightgbm.__file__).parent.rglob("lib_lightgbm.so"))))
    booster, config, n_iterations = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_int()
    path = str(FOLDER / "numeric.txt").encode()
    check(library.LGBM_BoosterCreateFromModelfile(path, ctypes.byref(n_iterations), ctypes.byref(booster)))
    raw_score, float32 = 1, 0
    x = state["x"]["numeric"]
    check(
        library.LGBM_BoosterPredictForMatSingleRowFastInit(
            booster, raw_score, 0, -1, float32, x.shape[1], b"num_threads=1", ctypes.byref(config)
        )
    )
    n_out, out = ctypes.c_int64(), (ctypes.c_double * 1)()
    score = library.LGBM_BoosterPredictForMatSingleRowFast
    score.argtypes = [ctypes.c_void_p] * 4
    address, stride = x.ctypes.data, x.shape[1] * 4
    n_out_address, out_address = ctypes.addressof(n_out), ctypes.addressof(out)

    def call(row):
        score(config, address + row * stride, n_out_address, out_address)

    state["single"] = call
    state["held"] = (library, booster, config, n_out, out)
    return call


def check(code):
    if code != 0:
        raise RuntimeError(f"LightGBM's C API answered {code}")


serve(
    prepare=prepare,
    lightgbm_batch=lightgbm_batch,
    catboost_batch=catboost_batch,
    lightgbm_shap=lightgbm_shap,
    lightgbm_single=lightgbm_single,
    write_scores=write_scores,
)
