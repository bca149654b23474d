"""FastAPI beside bench/serving.mjs: `serving_fastapi.py pandas|numpy PORT MODEL_FILE`, one worker with uvloop and httptools."""

import sys

import fastapi
import lightgbm
import numpy
import pandas
import pydantic
import uvicorn

kind, port, model_file = sys.argv[1:]
FEATURES = [f"f{i}" for i in range(28)]
Row = pydantic.create_model("Row", **{name: (float, ...) for name in FEATURES})
booster = lightgbm.Booster(model_file=model_file, params={"num_threads": 1})
app = fastapi.FastAPI()


def answer(score):
    return {"score": score, "label": int(score >= 0.5), "version": 1, "model": "boosting"}


if kind == "pandas":

    @app.post("/predict")
    async def predict(row: Row):
        return answer(float(booster.predict(pandas.DataFrame([row.model_dump()]), num_threads=1)[0]))

else:

    @app.post("/predict")
    async def predict(row: Row):
        cells = numpy.array([[getattr(row, name) for name in FEATURES]])
        return answer(float(booster.predict(cells, num_threads=1)[0]))


uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, log_level="warning")
