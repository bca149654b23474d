"""Models of other libraries as ONNX files, with onnxruntime's own scores of a few rows: scikit-learn pipelines over strings and
numbers, LightGBM and XGBoost over a matrix."""

import base64
import json
import sys

import lightgbm
import numpy
import onnx
import onnxruntime
import pandas
import xgboost
from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as MlFloats
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

WORDS = ["red", "green", "blue", "Ü x"]
random = numpy.random.default_rng(1)
N = 400
frame = pandas.DataFrame(
    {
        "age": random.normal(size=N).astype("float32"),
        "visits": random.integers(0, 9, N),
        "plan": random.choice(WORDS[:3], N).astype(object),
    }
)
score = frame["age"] + (frame["plan"] == "red") * 2 + frame["visits"] / 9
with_gaps = frame.copy()
with_gaps.loc[::7, "age"] = numpy.nan
TYPES = [
    ("age", FloatTensorType([None, 1])),
    ("visits", Int64TensorType([None, 1])),
    ("plan", StringTensorType([None, 1])),
]
matrix = numpy.column_stack([frame["age"], frame["visits"], random.normal(size=N)]).astype("float32")


def steps(model):
    numbers = Pipeline([("impute", SimpleImputer()), ("scale", StandardScaler())])
    words = OneHotEncoder(handle_unknown="ignore")
    columns = ColumnTransformer([("numbers", numbers, ["age"]), ("as is", "passthrough", ["visits"]), ("words", words, ["plan"])])
    return Pipeline([("columns", columns), ("model", model)])


def sklearn(model, target, zipmap=False):
    fitted = steps(model).fit(with_gaps, target)
    options = {id(fitted): {"zipmap": zipmap}} if hasattr(fitted, "predict_proba") else None
    return convert_sklearn(fitted, initial_types=TYPES, options=options, target_opset={"": 18, "ai.onnx.ml": 3})


def answer(name, model, rows):
    data = model.SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    inputs = session.get_inputs()
    if len(inputs) == 1:
        feeds = {inputs[0].name: rows}
        given = [[None if numpy.isnan(cell) else float(cell) for cell in row] for row in rows]
        cells = [{f"f{i}": cell for i, cell in enumerate(row)} for row in given]
    else:
        feeds = {
            "age": rows[["age"]].to_numpy("float32"),
            "visits": rows[["visits"]].to_numpy("int64"),
            "plan": rows[["plan"]].to_numpy(object),
        }
        cells = json.loads(rows.astype({"age": float}).to_json(orient="records", double_precision=15))
    outputs = dict(zip([each.name for each in session.get_outputs()], session.run(None, feeds)))
    scores = outputs.get("probabilities", list(outputs.values())[-1])
    if isinstance(scores, list):
        scores = numpy.zeros((len(rows), 1))
    classes = [each for node in model.graph.node for each in node.attribute if each.name.startswith("classlabels_")]
    return {
        "name": name,
        "model": base64.b64encode(data).decode(),
        "rows": cells,
        "scores": numpy.asarray(scores, dtype=float).reshape(len(rows), -1).tolist(),
        "classes": len(classes) > 0,
    }


raw = with_gaps.tail(200).copy()
raw.loc[raw.index[3], "plan"] = "never seen"
labels = numpy.where(score > 1, "yes", "no")
three = numpy.digitize(score, [0.5, 1.5])
numbers = matrix.copy()
numbers[::5, 0] = numpy.nan
trees = {"n_estimators": 20, "max_depth": 4}
plain = {"target_opset": 15, "initial_types": [("input", MlFloats([None, 3]))]}
boosted = lightgbm.LGBMClassifier(n_estimators=20, min_child_samples=5, verbose=-1)
json.dump(
    [
        answer("sklearn logistic regression", sklearn(LogisticRegression(), labels), raw),
        answer("sklearn random forest, 3 classes", sklearn(RandomForestClassifier(20, random_state=1), three), raw),
        answer("sklearn linear regression", sklearn(LinearRegression(), score), raw),
        answer("sklearn with a map of probabilities", sklearn(LogisticRegression(), labels, zipmap=True), raw),
        answer("lightgbm", convert_lightgbm(boosted.fit(numbers, labels), zipmap=False, **plain), numbers[:200]),
        answer("xgboost", convert_xgboost(xgboost.XGBClassifier(**trees).fit(numbers, three), **plain), numbers[:200]),
    ],
    sys.stdout,
)
