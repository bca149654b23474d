"""Checks ONNX files that this library wrote and scores rows of encoded features with onnxruntime."""

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
        rows = numpy.array(request["rows"], dtype=float)
        return {"outputs": session.run(None, {"features": rows})[0].tolist()}
    except Exception as error:
        return {"error": str(error)[:400], "outputs": []}


json.dump([scored(request) for request in json.load(sys.stdin)], sys.stdout)
