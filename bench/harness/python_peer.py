"""The Python side of python-peer.mjs: answers one JSON line on descriptor 3 for each JSON line on standard input."""

import importlib.metadata
import json
import os
import resource
import sys
import time
import traceback


def serve(**functions):
    """Answers calls by name until the input ends; a function returns a dict of JSON values, or nothing."""
    answers = os.fdopen(3, "w")
    functions = {"versions": versions, "rss": peak_memory, **functions}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            start = time.perf_counter()
            result = functions[request["name"]](**request["args"])
            answer = {"time": time.perf_counter() - start, **(result or {})}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)


def versions(packages):
    return {name: importlib.metadata.version(name) for name in packages}


def peak_memory():
    return {"rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
