"""The columns of CSV files as pandas reads them: name, kind and cells, missing ones null."""

import io
import json
import sys

import pandas as pd

def source(given):
    marker = given.get("commentLines")
    if marker is None:
        return given["path"]
    kept, in_quotes = [], False
    for line in open(given["path"], encoding="utf-8-sig", newline=""):
        if not in_quotes and line.startswith(marker):
            continue
        kept.append(line)
        in_quotes ^= line.count('"') % 2 == 1
    return io.StringIO("".join(kept))


def column(name, cells):
    if pd.api.types.is_bool_dtype(cells):
        return {"name": str(name), "kind": "boolean", "cells": cells.tolist()}
    if pd.api.types.is_numeric_dtype(cells):
        return {"name": str(name), "kind": "number", "cells": cells.astype(object).where(cells.notna(), None).tolist()}
    if pd.api.types.is_datetime64_any_dtype(cells):
        text = cells.dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ").str.replace("000Z", "Z").astype(object)
        return {"name": str(name), "kind": "date", "cells": text.where(cells.notna(), None).tolist()}
    return {"name": str(name), "kind": "string", "cells": cells.astype(object).where(cells.notna(), None).tolist()}


def columns(given):
    data = pd.read_csv(
        source(given),
        na_values=["?", " "],
        float_precision="round_trip",
        parse_dates=given["dates"],
        low_memory=False,
        **given["options"],
    )
    return [column(name, data[name]) for name in data.columns]


json.dump([columns(given) for given in json.load(sys.stdin)], sys.stdout)
