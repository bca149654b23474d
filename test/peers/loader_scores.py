"""Scores raw rows with a model directory's own loader, without MLflow."""

import importlib.util
import json
import pathlib
import sys

import pandas

request = json.load(sys.stdin)
folder = pathlib.Path(request["folder"])
spec = importlib.util.spec_from_file_location("tabwright_loader", folder / "code" / "tabwright_loader.py")
loader = importlib.util.module_from_spec(spec)
spec.loader.exec_module(loader)
rows = pandas.DataFrame(request["rows"], dtype=object)
json.dump(loader.load(str(folder)).outputs(rows).ravel().tolist(), sys.stdout)
