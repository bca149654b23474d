"""BentoML beside bench/serving.mjs: `bentoml serve serving_bentoml:Scorer`, one worker, the model's file in MODEL_FILE."""

import os

import bentoml
import lightgbm
import numpy
import pydantic

FEATURES = [f"f{i}" for i in range(28)]
Row = pydantic.create_model("Row", **{name: (float, ...) for name in FEATURES})


@bentoml.service(workers=1, metrics={"enabled": True}, logging={"access": {"enabled": False}})
class Scorer:
    def __init__(self):
        self.booster = lightgbm.Booster(model_file=os.environ["MODEL_FILE"], params={"num_threads": 1})

    @bentoml.api
    async def predict(self, row: Row) -> dict:
        cells = numpy.array([[getattr(row, name) for name in FEATURES]])
        score = float(self.booster.predict(cells, num_threads=1)[0])
        return {"score": score, "label": int(score >= 0.5), "version": 1, "model": "boosting"}
