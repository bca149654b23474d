"""Saves a LightGBM file as an MLflow model for `mlflow models serve`: `serving_mlflow.py MODEL_FILE FOLDER`."""

import sys

import lightgbm
import mlflow
from mlflow.types import ColSpec, Schema

model_file, folder = sys.argv[1:]
inputs = Schema([ColSpec("double", f"f{i}") for i in range(28)])
signature = mlflow.models.ModelSignature(inputs=inputs, outputs=Schema([ColSpec("double")]))
booster = lightgbm.Booster(model_file=model_file, params={"num_threads": 1})
mlflow.lightgbm.save_model(booster, folder, signature=signature, pip_requirements=["mlflow", "lightgbm"])
