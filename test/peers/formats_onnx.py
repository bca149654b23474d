"""Checks ONNX files that this library wrote and scores rows with onnxruntime: of encoded features, or raw columns."""

import base64
import json
import sys

import numpy
import onnx
import onnxruntime


def scored(request):
    data = base64.b64decode(request["model"])
    try:
        onnx.checker.check_model(onnx.load_model_from_string(data), full_check=True)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        return {"outputs": session.run(None, feeds(session, request))[0].tolist()}
    except Exception as error:
        return {"error": str(error)[:400], "outputs": []}


def feeds(session, request):
    if "rows" in request:
        return {"features": numpy.array(request["rows"], dtype=float)}
    types = {each.name: object if each.type == "tensor(string)" else float for each in session.get_inputs()}
    return {name: numpy.array(request["inputs"][name], dtype=kind) for name, kind in types.items()}


json.dump([scored(request) for request in json.load(sys.stdin)], sys.stdout)
