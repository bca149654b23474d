"""Scores a tabwright model directory in Python: raw rows in, the library's own scores out. Needs numpy and pandas alone.

MLflow imports this module for its python_function flavor. Without MLflow: `tabwright_loader.load("a/model/directory")`.
"""

import json
import math
import os
import re

import numpy
import pandas

DAY_MS = 86_400_000
MISSING, UNKNOWN = -1, -2
CHUNK_ROWS = 8192
SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def _load_pyfunc(path):
    """What MLflow calls, with the path of the bundle's data."""
    return load(path)


def load(folder):
    """The model of a directory, which has given its stored scores again."""
    return Model(folder)


class Model:
    """A fitted pipeline and model, with the features that they read."""

    def __init__(self, folder):
        self.spec = _read_json(folder, "schema.json")
        self.target = self.spec["target"]
        self.pipeline = _read_json(folder, "pipeline.json")
        self.estimator = _read_estimator(os.path.join(folder, "model"))
        self._prove(_read_json(folder, "golden.json"))

    def predict(self, table, params=None):
        """A data frame of raw rows to a data frame with `score`, and for classes `label` and each probability."""
        if not isinstance(table, pandas.DataFrame):
            table = pandas.DataFrame(table)
        outputs = self.outputs(table)
        classes = [_label_text(label) for label in self.target.get("classes", [])]
        if self.target["task"] == "regression":
            columns = {"score": outputs[:, 0]}
        elif self.target["task"] == "binary":
            positive = (outputs[:, 0] >= 0.5).astype(int)
            columns = {"score": outputs[:, 0], "label": numpy.array(classes, dtype=object)[positive]}
        else:
            best = outputs.argmax(axis=1)
            columns = {"score": outputs.max(axis=1), "label": numpy.array(classes, dtype=object)[best]}
            columns |= {f"probability_{name}": outputs[:, k] for k, name in enumerate(classes)}
        return pandas.DataFrame(columns, index=table.index)

    def outputs(self, table):
        """The model's outputs, float64 [rows, outputs]."""
        frame = _read_rows(self.spec, table)
        _apply(self.pipeline, frame)
        names = [feature["name"] for feature in self.estimator.features]
        matrix = numpy.empty((len(table), len(names)))
        for i, name in enumerate(names):
            matrix[:, i] = _numbers(frame[name], "features", name)
        return self.estimator.score(matrix)

    def _prove(self, golden):
        found = self.outputs(pandas.DataFrame(golden["rows"], dtype=object))
        stored = numpy.array(golden["scores"])
        worst = numpy.abs(found - stored) / numpy.maximum(1, numpy.abs(stored))
        if not (worst <= max(golden["tolerance"], self.estimator.tolerance)).all():
            raise ValueError(f"the model does not give its stored scores again (largest difference {worst.max()})")


def _read_json(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def _label_text(label):
    if isinstance(label, bool):
        return "true" if label else "false"
    return str(label)


# --- rows ---------------------------------------------------------------------------------------------------------------------


class Column:
    """Cells of one kind: numbers, booleans and dates as float64 with NaN for missing, strings as objects with None."""

    def __init__(self, kind, values):
        self.kind = kind
        self.values = values


def _read_rows(spec, table):
    """The fields of a schema out of a data frame, by name; raises ValueError where a rule is broken."""
    missing = set(spec.get("missing", [""]))
    readers = {"number": _read_numbers, "integer": _read_numbers, "boolean": _read_booleans}
    readers |= {"string": _read_strings, "datetime": _read_dates}
    frame = {}
    for field in spec["fields"]:
        name = field["name"]
        given = table[name] if name in table else pandas.Series([None] * len(table), dtype=object)
        column = readers[field["type"]](given, missing, name)
        _check(field, column)
        frame[name] = column
    return frame


def _read_numbers(given, missing, name):
    if given.dtype.kind in "iuf":
        values = given.to_numpy(dtype=numpy.float64)
    else:
        cells = _present(given, missing)
        bad = [cell for cell in cells if cell is not None and not _is_number(cell)]
        if bad:
            raise ValueError(f"{name} must be a number, broken in {len(bad)} rows")
        values = numpy.array([math.nan if cell is None else cell for cell in cells], dtype=numpy.float64)
    if numpy.isinf(values).any():
        raise ValueError(f"{name} must be finite")
    return Column("number", values)


def _is_number(cell):
    return isinstance(cell, (int, float, numpy.integer, numpy.floating)) and not isinstance(cell, bool)


def _read_booleans(given, missing, name):
    cells = _present(given, missing)
    bad = sum(cell is not None and not isinstance(cell, (bool, numpy.bool_)) for cell in cells)
    if bad:
        raise ValueError(f"{name} must be true or false, broken in {bad} rows")
    return Column("boolean", numpy.array([math.nan if cell is None else float(cell) for cell in cells]))


def _read_strings(given, missing, name):
    cells = _present(given, missing)
    bad = sum(cell is not None and not isinstance(cell, str) for cell in cells)
    if bad:
        raise ValueError(f"{name} must be a string, broken in {bad} rows")
    values = numpy.empty(len(cells), dtype=object)
    values[:] = cells
    return Column("string", values)


def _present(given, missing):
    """Cells as Python objects, None where they are missing."""
    absent = given.isna().to_numpy()
    cells = given.astype(object).to_numpy()
    return [
        None if gone or (isinstance(cell, str) and cell in missing) else cell for cell, gone in zip(cells, absent)
    ]


INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def _read_dates(given, missing, name):
    if given.dtype.kind != "M" and not isinstance(given.dtype, pandas.DatetimeTZDtype):
        cells = _present(given, missing)
        if any(isinstance(cell, str) and not INSTANT.fullmatch(cell) for cell in cells):
            raise ValueError(f"{name} must be an ISO 8601 date or date-time")
        try:
            given = pandas.to_datetime(pandas.Series(cells, dtype=object), utc=True, format="ISO8601")
        except ValueError:
            raise ValueError(f"{name} must be an ISO 8601 date or date-time") from None
    if isinstance(given.dtype, pandas.DatetimeTZDtype):
        given = given.dt.tz_convert("UTC").dt.tz_localize(None)
    absent = given.isna().to_numpy()
    ms = given.to_numpy().astype("datetime64[ms]").astype(numpy.int64).astype(numpy.float64)
    return Column("date", numpy.where(absent, math.nan, ms))


def _check(field, column):
    """Raises ValueError for the first rule of a field that some row breaks; never shows a value."""
    name, values = field["name"], column.values
    if column.kind == "string":
        absent = numpy.array([value is None for value in values], dtype=bool)
        _require(field["nullable"] or not absent.any(), name, "is required")
        _check_strings(field, [value for value in values if value is not None])
        return
    absent = numpy.isnan(values)
    _require(field["nullable"] or not absent.any(), name, "is required")
    present = values[~absent]
    _require(field["type"] != "integer" or (present == numpy.floor(present)).all(), name, "must be an integer")
    _require("min" not in field or (present >= field["min"]).all(), name, f"must be >= {field.get('min')}")
    _require("max" not in field or (present <= field["max"]).all(), name, f"must be <= {field.get('max')}")
    if "exclusiveMin" in field:
        _require((present > field["exclusiveMin"]).all(), name, f"must be > {field['exclusiveMin']}")
    if "exclusiveMax" in field:
        _require((present < field["exclusiveMax"]).all(), name, f"must be < {field['exclusiveMax']}")
    if "multipleOf" in field:
        quotient = present / field["multipleOf"]
        near = numpy.abs(quotient - numpy.round(quotient)) <= 1e-9 * numpy.maximum(1, numpy.abs(quotient))
        _require(near.all(), name, f"must be a multiple of {field['multipleOf']}")


def _check_strings(field, present):
    name, distinct = field["name"], set(present)
    if "levels" in field:
        _require(distinct <= set(field["levels"]), name, f"must be one of the {len(field['levels'])} declared values")
    lengths = [len(value.encode("utf-16-le")) // 2 for value in distinct]
    if "minLength" in field:
        _require(min(lengths, default=math.inf) >= field["minLength"], name, "is too short")
    if "maxLength" in field:
        _require(max(lengths, default=0) <= field["maxLength"], name, "is too long")


def _require(holds, name, rule):
    if not holds:
        raise ValueError(f"{name} {rule}")


# --- pipeline -----------------------------------------------------------------------------------------------------------------


def _apply(step, frame):
    """Runs a stored step on the columns of a frame, which gets the step's outputs."""
    kind = step["kind"]
    if kind not in STEPS:
        raise ValueError(f"no step of kind {kind} is known in Python")
    STEPS[kind](step, frame)


def _pipeline(step, frame):
    for inner in step["steps"]:
        _apply(inner, frame)


def _numbers(column, step, name):
    if column.kind in ("number", "boolean"):
        return column.values
    if all(value is None for value in column.values) if column.kind == "string" else False:
        return numpy.full(len(column.values), math.nan)
    raise ValueError(f"{step}: column {name} must hold numbers or booleans, got {column.kind}s")


def _number_step(compute):
    """A step that makes one number of another, column by column; missing stays missing."""

    def run(step, frame):
        for column in step["columns"]:
            column = column if isinstance(column, dict) else {"name": column}
            name = column["name"]
            values = _numbers(frame[name], step["kind"], name)
            with numpy.errstate(all="ignore"):
                mapped = compute(step, column, values)
            frame[name] = Column("number", numpy.where(numpy.isnan(values), math.nan, mapped))

    return run


def _impute(step, frame):
    for column in step["columns"]:
        name, fill = column["name"], column["fill"]
        if fill is None:
            continue
        if isinstance(fill, str):
            given = frame[name]
            values = numpy.empty(len(given.values), dtype=object)
            if given.kind == "string":
                values[:] = [fill if value is None else value for value in given.values]
            elif numpy.isnan(given.values).all():
                values[:] = fill
            else:
                raise ValueError(f"impute: column {name} must hold strings, got {given.kind}s")
            frame[name] = Column("string", values)
        else:
            values = _numbers(frame[name], "impute", name)
            frame[name] = Column("number", numpy.where(numpy.isnan(values), fill, values))


def _min_max(step, column, values):
    low, high = step["low"], step["high"]
    scaled = (values - column["min"]) / column["range"] * (high - low) + low
    return numpy.clip(scaled, low, high) if step["clip"] else scaled


def _bounds(step, column, values):
    low = -math.inf if column["min"] is None else column["min"]
    high = math.inf if column["max"] is None else column["max"]
    return numpy.minimum(numpy.maximum(values, low), high)


def _bin(step, column, values):
    return numpy.searchsorted(numpy.array(column["edges"], dtype=float), values, side="right").astype(float)


def _log(step, column, values):
    base, offset = step["base"], step["offset"]
    outside = ~(values + offset > 0) & ~numpy.isnan(values)
    if step["invalid"] == "error" and outside.any():
        raise ValueError(f"logTransform: column {column['name']} must be greater than {-offset}")
    if offset == 1:
        logs = numpy.log1p(values) / {"e": 1, "2": math.log(2), "10": math.log(10)}[base]
    else:
        logs = {"e": numpy.log, "2": numpy.log2, "10": numpy.log10}[base](values + offset)
    return numpy.where(outside, math.nan, logs)


def _power(step, column, values):
    power = column["lambda"]
    if step["method"] == "boxCox":
        if (values <= 0).any():
            raise ValueError(f"powerTransform: column {column['name']} must be greater than 0")
        powered = numpy.log(values) if power == 0 else numpy.expm1(power * numpy.log(values)) / power
    else:
        powered = numpy.where(values >= 0, _shifted_power(values, power), -_shifted_power(-values, 2 - power))
    return (powered - column["mean"]) / column["scale"]


def _shifted_power(values, power):
    logs = numpy.log1p(values)
    return logs if abs(power) < 2.0**-52 else numpy.expm1(power * logs) / power


def _quantile(step, column, values):
    ranks = _ranks(numpy.array(column["quantiles"], dtype=float), values)
    if step["output"] == "uniform":
        return ranks
    end = 1e-7 - 2.0**-52
    return _normal_quantile(numpy.clip(ranks, end, 1 - end))


def _ranks(quantiles, values):
    n = len(quantiles)
    if n == 0:
        return numpy.full(len(values), math.nan)
    steps = numpy.arange(n) * (1 / max(1, n - 1))
    steps[-1] = 1 if n > 1 else steps[-1]
    below = numpy.clip(numpy.searchsorted(quantiles, values, side="right") - 1, 0, n - 1)
    above = numpy.clip(numpy.searchsorted(quantiles, values, side="left"), 0, n - 1)
    next_up, next_down = numpy.minimum(below + 1, n - 1), numpy.maximum(above - 1, 0)
    part = (values - quantiles[below]) / (quantiles[next_up] - quantiles[below])
    rising = numpy.where(quantiles[below] == values, steps[below], steps[below] + part * (steps[next_up] - steps[below]))
    part = (quantiles[above] - values) / (quantiles[above] - quantiles[next_down])
    falling = numpy.where(quantiles[above] == values, steps[above], steps[above] - part * (steps[above] - steps[next_down]))
    middle = 0.5 * (rising + falling)
    return numpy.where(values <= quantiles[0], 0, numpy.where(values >= quantiles[-1], 1, middle))


# Algorithm AS 241, PPND16 (Wichura, 1988): coefficients of numerators and denominators, lowest power first.
CENTRE = (
    [3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987]
    + [67265.7709270087, 33430.57558358813, 2509.0809287301227],
    [1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597]
    + [39307.89580009271, 28729.085735721943, 5226.495278852854],
)
NEAR = (
    [1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684]
    + [0.2417807251774506, 0.022723844989269184, 0.0007745450142783414],
    [1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008]
    + [0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9],
)
FAR = (
    [6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124]
    + [0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7],
    [1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133]
    + [1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15],
)


def _normal_quantile(p):
    q = p - 0.5
    r = 0.180625 - q * q
    middle = q * _ratio_of(CENTRE, r)
    tail = numpy.sqrt(-numpy.log(numpy.where(q < 0, p, 1 - p)))
    outer = numpy.where(tail <= 5, _ratio_of(NEAR, tail - 1.6), _ratio_of(FAR, tail - 5))
    return numpy.where(numpy.abs(q) <= 0.425, middle, numpy.where(q < 0, -outer, outer))


def _ratio_of(polynomials, x):
    over, under = (numpy.polynomial.polynomial.polyval(x, coefficients) for coefficients in polynomials)
    return over / under


def _codes(step, column, given):
    """Position of each row's category among the levels, MISSING or UNKNOWN."""
    kind, levels = column.get("type", "string"), column["levels"]
    if kind == "string":
        cells = {level: i for i, level in enumerate(levels)}
        if given.kind != "string":
            return _no_codes(step, column, given)
        return _by_distinct(given.values, lambda value: cells.get(value, UNKNOWN), MISSING)
    if given.kind != kind:
        return _no_codes(step, column, given)
    cells = {float(level == "true") if kind == "boolean" else float(level): i for i, level in enumerate(levels)}
    distinct, inverse = numpy.unique(given.values, return_inverse=True)
    found = [MISSING if math.isnan(value) else cells.get(value, UNKNOWN) for value in distinct.tolist()]
    return numpy.array(found, dtype=numpy.int64)[inverse] if len(distinct) else numpy.zeros(0, dtype=numpy.int64)


def _no_codes(step, column, given):
    absent = [value is None for value in given.values] if given.kind == "string" else numpy.isnan(given.values)
    if not numpy.all(absent) and (given.kind == "date" or len(column["levels"]) > 0):
        raise ValueError(f"{step['kind']}: column {column['name']} must hold other than {given.kind}s")
    return numpy.where(absent, MISSING, UNKNOWN)


def _by_distinct(values, code, absent):
    """A number for each string, computed once a distinct string."""
    found = {None: absent}
    for value in values:
        if value not in found:
            found[value] = code(value)
    return numpy.array([found[value] for value in values], dtype=numpy.int64)


def _refuse(step, column, codes, code):
    count = int((codes == code).sum())
    if count:
        what = "missing" if code == MISSING else "categories not seen in training"
        raise ValueError(f"{step['kind']}: column {column['name']} has {what} in {count} rows")


def _one_hot(step, frame):
    for column in step["columns"]:
        name, levels, shift = column["name"], column["levels"], int(column["dropFirst"])
        codes = _codes(step, column, frame[name])
        outputs = [f"{name}={level}" for level in levels]
        outputs += [f"{name} is missing"] if column["ownMissing"] else []
        outputs += [f"{name} is other"] if step["unknown"] == "other" else []
        if step["unknown"] == "error":
            _refuse(step, column, codes, UNKNOWN)
        if step["missing"] == "error" or (
            step["missing"] == "category" and not column["ownMissing"] and step["unknown"] == "error"
        ):
            _refuse(step, column, codes, MISSING)
        none = -1
        hot_unknown = len(outputs) - 1 if step["unknown"] == "other" else none
        own = len(levels) if column["ownMissing"] else hot_unknown
        hot_missing = own if step["missing"] == "category" else none
        hot = numpy.where(codes >= 0, codes, numpy.where(codes == MISSING, hot_missing, hot_unknown))
        for i, output in enumerate(outputs[shift:]):
            frame[output] = Column("number", (hot == i + shift).astype(float))


def _ordinal(step, frame):
    for column in step["columns"]:
        codes = _codes(step, column, frame[column["name"]])
        if step["unknown"] == "error":
            _refuse(step, column, codes, UNKNOWN)
        frame[column["name"]] = Column("number", numpy.where(codes < 0, math.nan, codes.astype(float)))


def _category_numbers(step, frame):
    coded = [(column, _codes(step, column, frame[column["name"]])) for column in step["columns"]]
    for column, codes in coded:
        if step["refuseUnknown"]:
            _refuse(step, column, codes, UNKNOWN)
        for output in column["outputs"]:
            table = [*output["values"], output["unknown"], output["missing"]]
            numbers = numpy.array([math.nan if value is None else value for value in table], dtype=float)
            frame[output["name"]] = Column("number", numbers[codes])


def _rare(step, frame):
    for column in step["columns"]:
        levels = column["levels"]
        codes = _codes(step, column, frame[column["name"]])
        values = numpy.empty(len(codes), dtype=object)
        texts = [*levels, step["label"], None]
        values[:] = [texts[code] for code in codes]
        frame[column["name"]] = Column("string", values)


def _text_step(outputs, write, missing):
    """A step that makes numbers of texts, computed once a distinct text."""

    def run(step, frame):
        for name in step["columns"]:
            given = frame[name]
            if given.kind != "string" and not numpy.isnan(given.values).all():
                raise ValueError(f"{step['kind']}: column {name} must hold strings, got {given.kind}s")
            values = given.values if given.kind == "string" else [None] * len(given.values)
            names = outputs(step, name)
            texts = list(dict.fromkeys(value for value in values if value is not None))
            table = numpy.zeros((len(texts) + 1, len(names)))
            for i, text in enumerate(texts):
                write(step, text, table[i])
            table[len(texts)] = missing
            at = {text: i for i, text in enumerate(texts)}
            rows = table[[len(texts) if value is None else at[value] for value in values]]
            for i, output in enumerate(names):
                frame[output] = Column("number", rows[:, i].copy())

    return run


def _murmur(text):
    """MurmurHash3, 32 bits, seed 0, as a signed integer."""
    data = text.encode("utf-8")
    mask, value = 0xFFFFFFFF, 0
    for i in range(0, len(data), 4):
        block = data[i : i + 4]
        k = int.from_bytes(block, "little") * 0xCC9E2D51 & mask
        k = ((k << 15) | (k >> 17)) & mask
        value ^= k * 0x1B873593 & mask
        if len(block) == 4:
            value = ((value << 13) | (value >> 19)) & mask
            value = (value * 5 + 0xE6546B64) & mask
    value ^= len(data)
    value = (value ^ (value >> 16)) * 0x85EBCA6B & mask
    value = (value ^ (value >> 13)) * 0xC2B2AE35 & mask
    value ^= value >> 16
    return value - 2**32 if value >= 2**31 else value


def _bucket(step, text):
    value = _murmur(text)
    return abs(value) % step["buckets"], -1 if step["signed"] and value < 0 else 1


def _write_hash(step, text, out):
    index, sign = _bucket(step, text)
    out[index] = sign


def _write_tokens(step, text, out):
    text = text.lower() if step["lowercase"] else text
    words = re.findall(r"\w{%d,}" % step["minLength"], text)
    for word in dict.fromkeys(words) if step["binary"] else words:
        index, sign = _bucket(step, word)
        out[index] += sign
    size = {"l2": math.sqrt((out * out).sum()), "l1": numpy.abs(out).sum(), "none": 0}[step["norm"]]
    if size > 0:
        out /= size


def _write_lengths(step, text, out):
    for i, measure in enumerate(step["measures"]):
        if measure == "characters":
            out[i] = len(text)
        elif measure == "words":
            out[i] = len(re.findall(f"[^{SPACES}]+", text))
        else:
            out[i] = 0 if text == "" else len(re.split(r"\r\n|\r|\n", text))


def _dates(column, step, name):
    if column.kind == "date" or numpy.all([value is None for value in column.values]):
        return column.values if column.kind == "date" else numpy.full(len(column.values), math.nan)
    raise ValueError(f"{step}: column {name} must hold dates, got {column.kind}s")


CYCLES = {"quarter": (4, 1), "month": (12, 1), "week": (53, 1), "dayOfYear": (366, 1), "day": (31, 1)}
CYCLES |= {"weekday": (7, 0), "hour": (24, 0), "minute": (60, 0), "second": (60, 0)}


def _date_parts(step, frame):
    for name in step["columns"]:
        ms = _dates(frame[name], "dateParts", name) + step["utcOffsetMinutes"] * 60_000
        absent = numpy.isnan(ms)
        whole = numpy.where(absent, 0, ms).astype(numpy.int64)
        for part in step["parts"]:
            values = numpy.where(absent, math.nan, _date_part(part, whole))
            if step["cyclical"] and part in CYCLES:
                length, first = CYCLES[part]
                angle = 2 * math.pi * (values - first) / length
                frame[f"{name} {part} sin"] = Column("number", numpy.sin(angle))
                frame[f"{name} {part} cos"] = Column("number", numpy.cos(angle))
            else:
                frame[f"{name} {part}"] = Column("number", values)


def _date_part(part, ms):
    days = ms // DAY_MS
    if part in ("hour", "minute", "second"):
        unit, length = {"hour": (3_600_000, 24), "minute": (60_000, 60), "second": (1000, 60)}[part]
        return (ms // unit % length).astype(float)
    weekday = (days + 3) % 7
    if part == "weekday":
        return weekday.astype(float)
    if part == "weekend":
        return (weekday // 5).astype(float)
    if part == "week":
        return ((_day_of_year(days + 3 - weekday) - 1) // 7 + 1).astype(float)
    if part == "dayOfYear":
        return _day_of_year(days).astype(float)
    date = days.astype("datetime64[D]")
    months = date.astype("datetime64[M]").astype(numpy.int64)
    if part == "day":
        return (days - months.astype("datetime64[M]").astype("datetime64[D]").astype(numpy.int64) + 1).astype(float)
    if part == "year":
        return (months // 12 + 1970).astype(float)
    month = months % 12
    return (month // 3 + 1 if part == "quarter" else month + 1).astype(float)


def _day_of_year(days):
    years = days.astype("datetime64[D]").astype("datetime64[Y]")
    return days - years.astype("datetime64[D]").astype(numpy.int64) + 1


def _cyclical(step, frame):
    for column in step["columns"]:
        name = column["name"]
        angle = 2 * math.pi * _numbers(frame[name], "cyclical", name) / column["period"]
        with numpy.errstate(invalid="ignore"):
            made = {"sin": numpy.sin(angle), "cos": numpy.cos(angle)}
        for function, values in made.items():
            frame[f"{name} {function}"] = Column("number", values)


UNITS = {"days": DAY_MS, "hours": 3_600_000, "minutes": 60_000, "seconds": 1000}


def _recency(step, frame):
    until = step["until"]
    end = _dates(frame[until], "recency", until) if isinstance(until, str) else until
    for name in step["columns"]:
        since = (end - _dates(frame[name], "recency", name)) / UNITS[step["unit"]]
        frame[f"{step['unit']} since {name}"] = Column("number", since)


def _ratio(step, frame):
    when_zero = math.nan if step["whenZero"] is None else step["whenZero"]
    made = {}
    for over, under in step["pairs"]:
        first, second = _numbers(frame[over], "ratio", over), _numbers(frame[under], "ratio", under)
        with numpy.errstate(all="ignore"):
            values = numpy.where((second == 0) & ~numpy.isnan(first), when_zero, first / second)
        made[f"{over} / {under}"] = Column("number", values)
    frame.update(made)


def _interactions(step, frame):
    names = step["columns"]
    for i, first in enumerate(names):
        for second in names[i if step["squares"] else i + 1 :]:
            product = _numbers(frame[first], "interactions", first) * _numbers(frame[second], "interactions", second)
            frame[f"{first} * {second}"] = Column("number", product)


def _missing_indicator(step, frame):
    for name in step["columns"]:
        given = frame[name]
        absent = [value is None for value in given.values] if given.kind == "string" else numpy.isnan(given.values)
        frame[f"{name} is missing"] = Column("number", numpy.asarray(absent, dtype=float))


def _no_change(step, frame):
    pass


STEPS = {
    "pipeline": _pipeline,
    "impute": _impute,
    "standardScale": _number_step(lambda step, column, values: (values - column["mean"]) / column["scale"]),
    "robustScale": _number_step(lambda step, column, values: (values - column["center"]) / column["scale"]),
    "minMaxScale": _number_step(_min_max),
    "quantileTransform": _number_step(_quantile),
    "powerTransform": _number_step(_power),
    "logTransform": _number_step(_log),
    "clip": _number_step(_bounds),
    "winsorise": _number_step(_bounds),
    "bin": _number_step(_bin),
    "frequencyEncode": _category_numbers,
    "targetEncode": _category_numbers,
    "hashingEncode": _text_step(lambda step, name: [f"{name} hash {i}" for i in range(step["buckets"])], _write_hash, 0),
    "rareCategories": _rare,
    "textLength": _text_step(lambda step, name: [f"{name} {m}" for m in step["measures"]], _write_lengths, math.nan),
    "hashTokens": _text_step(lambda step, name: [f"{name} token {i}" for i in range(step["buckets"])], _write_tokens, 0),
    "dateParts": _date_parts,
    "cyclical": _cyclical,
    "recency": _recency,
    "ratio": _ratio,
    "interactions": _interactions,
    "missingIndicator": _missing_indicator,
    "keepColumns": _no_change,
    "dropColumns": _no_change,
    "oneHot": _one_hot,
    "ordinal": _ordinal,
}


# --- models -------------------------------------------------------------------------------------------------------------------


def _read_estimator(folder):
    header = _read_json(folder, "model.json")
    kinds = {"logistic": Linear, "linear": Linear, "constant": Constant, "treeEnsemble": Trees, "mlXgboost": OldXgboost}
    kinds |= {"lightgbm": Trees, "xgboost": Trees, "catboost": Trees, "onnx": Onnx}
    if header["kind"] not in kinds:
        raise ValueError(f"no model of kind {header['kind']} is known in Python")
    return kinds[header["kind"]](header, folder)


class Constant:
    """The same outputs for every row."""

    tolerance = 1e-9

    def __init__(self, header, folder):
        self.features = header["features"]
        self.scores = numpy.array(header["scores"])

    def score(self, matrix):
        return numpy.tile(self.scores, (len(matrix), 1))


class Linear:
    """Intercepts plus coefficients times features, behind the link of the task."""

    tolerance = 1e-9

    def __init__(self, header, folder):
        self.features = header["features"]
        self.intercepts = numpy.array(header["intercepts"])
        self.coefficients = numpy.array(header["coefficients"]).reshape(len(self.intercepts), -1)
        self.link = {"binary": _sigmoid, "multiclass": _softmax}.get(header["task"], lambda scores: scores)

    def score(self, matrix):
        if not numpy.isfinite(matrix).all():
            raise ValueError("every feature of a linear model must be finite")
        return self.link(matrix @ self.coefficients.T + self.intercepts)


def _in_float32(link):
    """A link whose operations are rounded to float32, as XGBoost does; exponentials may differ in the last place."""
    return lambda scores: link(scores.astype(numpy.float32)).astype(float)


def _sigmoid(scores, slope=1):
    with numpy.errstate(over="ignore"):
        return 1 / (1 + numpy.exp(-slope * scores))


def _softmax(scores):
    powers = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _link(name, divisor, slope):
    functions = {
        "identity": lambda scores: scores,
        "sigmoid": lambda scores: _sigmoid(scores, slope),
        "softmax": _softmax,
        "exp": numpy.exp,
        "softplus": lambda scores: numpy.log1p(numpy.exp(scores)),
        "signedSquare": lambda scores: numpy.sign(scores) * scores * scores,
        "positive": lambda scores: (scores > 0).astype(float),
    }
    return lambda scores: functions[name](scores / divisor)


class Trees:
    """A sum of trees: all of them walked at once, a level at a time, by chunks of rows."""

    tolerance = 1e-9

    def __init__(self, header, folder):
        self.features = header["features"]
        ensemble = header["ensemble"]
        if header["kind"] == "treeEnsemble":
            link, precision = header["link"], header["precision"]
            self.link = _link(link["name"], link["divisor"], link["slope"])
            if link["precision"] == "float32":
                self.link, self.tolerance = _in_float32(self.link), 1e-6
            self.input32, self.sum32 = precision["input"] == "float32", precision["sum"] == "float32"
            self.zero_missing = header["zeroMissing"]["features"]
        else:
            names = {"binary": "sigmoid", "multiclass": "softmax", "poisson": "exp"}
            self.link = _link(names.get(header["objective"]["name"], "identity"), 1, 1)
            self.input32 = self.sum32 = False
            self.zero_missing = []
        self.base = numpy.array(ensemble["baseScore"], dtype=float)
        self._flatten(ensemble["trees"])

    def _flatten(self, trees):
        """Nodes and leaves of all trees in one row of arrays; a leaf is its own child."""
        parts = {name: [] for name in ("feature", "threshold", "default_left", "left", "right", "value", "start", "end")}
        words, roots, depth, at, word_at = [], [], 0, 0, 0
        for tree in trees:
            n, leaves = len(tree["splitFeature"]), len(tree["leafValue"])
            own = at + n + numpy.arange(leaves)
            children = [numpy.array(tree[side], dtype=numpy.int64) for side in ("leftChild", "rightChild")]
            left, right = (numpy.where(child >= 0, child + at, at + n - 1 - child) for child in children)
            starts = numpy.array(tree["categoryStart"], dtype=numpy.int64) + word_at
            parts["feature"].append(numpy.array(tree["splitFeature"] + [0] * leaves, dtype=numpy.int64))
            parts["threshold"].append(numpy.array(tree["threshold"] + [0] * leaves, dtype=float))
            parts["default_left"].append(numpy.array(tree["defaultLeft"] + [0] * leaves, dtype=bool))
            parts["left"].append(numpy.concatenate([left, own]))
            parts["right"].append(numpy.concatenate([right, own]))
            parts["value"].append(numpy.array([0] * n + tree["leafValue"], dtype=float))
            parts["start"].append(numpy.concatenate([starts[:-1], numpy.zeros(leaves, dtype=numpy.int64)]))
            parts["end"].append(numpy.concatenate([starts[1:], numpy.zeros(leaves, dtype=numpy.int64)]))
            words += tree["categoryBits"]
            roots.append(at)
            depth = max(depth, _depth(tree))
            at, word_at = at + n + leaves, word_at + len(tree["categoryBits"])
        for name, arrays in parts.items():
            setattr(self, name, numpy.concatenate(arrays) if arrays else numpy.zeros(0))
        self.words = numpy.array(words or [0], dtype=numpy.uint32)
        self.roots, self.depth = numpy.array(roots, dtype=numpy.int64), depth
        self.has_sets = bool((self.end > self.start).any())

    def score(self, matrix):
        matrix = matrix.astype(numpy.float32).astype(float) if self.input32 else matrix
        zero = float(numpy.float32(1e-35))
        for i in self.zero_missing:
            matrix[:, i] = numpy.where(numpy.abs(matrix[:, i]) <= zero, math.nan, matrix[:, i])
        chunks = [self._raw(matrix[i : i + CHUNK_ROWS]) for i in range(0, len(matrix), CHUNK_ROWS)]
        raw = numpy.concatenate(chunks) if chunks else numpy.zeros((0, len(self.base)))
        return self.link(raw)

    def _raw(self, rows):
        n, k = len(rows), len(self.base)
        node = numpy.repeat(self.roots[:, None], n, axis=1)
        columns = numpy.ascontiguousarray(rows.T)
        position = numpy.arange(n)
        for _ in range(self.depth):
            value = columns[self.feature[node], position]
            with numpy.errstate(invalid="ignore"):
                left = value <= self.threshold[node]
            if self.has_sets:
                left = self._in_sets(node, value, left)
            left = numpy.where(numpy.isnan(value), self.default_left[node], left)
            node = numpy.where(left, self.left[node], self.right[node])
        leaf = self.value[node]
        kind = numpy.float32 if self.sum32 else float
        raw = numpy.empty((n, k))
        for output in range(k):
            base = numpy.full((1, n), self.base[output])
            raw[:, output] = numpy.add.reduce(numpy.concatenate([base, leaf[output::k]]).astype(kind), axis=0)
        return raw

    def _in_sets(self, node, value, left):
        start, end = self.start[node], self.end[node]
        at = numpy.nonzero(end > start)
        level = numpy.trunc(numpy.where(numpy.isnan(value[at]), -1, value[at]))
        level = numpy.clip(level, -1, 2.0**31).astype(numpy.int64)
        word = start[at] + (level >> 5)
        known = (level >= 0) & (word < end[at])
        bits = self.words[numpy.where(known, word, 0)] >> (level & 31).astype(numpy.uint32)
        left[at] = known & ((bits & 1) == 1)
        return left


def _depth(tree):
    """Splits on the longest path."""
    depth, level = 0, [0] if tree["splitFeature"] else []
    while level:
        depth += 1
        level = [child for node in level for child in (tree["leftChild"][node], tree["rightChild"][node]) if child >= 0]
    return depth


class OldXgboost:
    """A model of the npm package ml-xgboost, in XGBoost's binary form of 2018."""

    tolerance = 1e-6

    def __init__(self, header, folder):
        self.features = header["features"]
        self.task = header["task"]
        with open(os.path.join(folder, "model.bin"), "rb") as file:
            self._read(file.read())

    def _read(self, data):
        ints = lambda at, count: numpy.frombuffer(data, dtype="<i4", count=count, offset=at)
        floats = lambda at, count: numpy.frombuffer(data, dtype="<f4", count=count, offset=at)
        self.base, at = numpy.float32(floats(0, 1)[0]), 34 * 4
        for _ in range(2):
            at += 8 + int(numpy.frombuffer(data, dtype="<u8", count=1, offset=at)[0])
        n_trees, self.groups_count = int(ints(at, 1)[0]), int(ints(at + 24, 1)[0])
        at += 40 * 4
        self.trees = []
        for _ in range(n_trees):
            n_nodes = int(ints(at + 4, 1)[0])
            at += 37 * 4
            nodes, values = ints(at, 5 * n_nodes).reshape(-1, 5), floats(at, 5 * n_nodes).reshape(-1, 5)[:, 4]
            at += 5 * 4 * n_nodes + 4 * 4 * n_nodes
            is_leaf = (nodes[:, 1] == -1) | (nodes[:, 3] == -1)
            own = numpy.arange(n_nodes)
            left, right = (numpy.where(is_leaf, own, nodes[:, side]) for side in (1, 2))
            self.trees.append((numpy.where(is_leaf, 0, nodes[:, 3] & 0x7FFFFFFF), values, left, right, is_leaf))
        self.groups = ints(at, n_trees)

    def score(self, matrix):
        if not numpy.isfinite(matrix).all():
            raise ValueError("every feature of an mlXgboost model must be finite")
        rows = matrix.astype(numpy.float32)
        rows[rows == -1] = numpy.float32(-1 + 2.0**-24)
        raw = numpy.zeros((len(rows), self.groups_count), dtype=numpy.float32)
        position = numpy.arange(len(rows))
        for (feature, values, left, right, is_leaf), group in zip(self.trees, self.groups):
            node = numpy.zeros(len(rows), dtype=numpy.int64)
            while not is_leaf[node].all():
                goes_left = rows[position, feature[node]] < values[node]
                node = numpy.where(goes_left, left[node], right[node])
            raw[:, group] += values[node]
        raw = (raw + self.base).astype(float)
        return _in_float32({"binary": _sigmoid, "multiclass": _softmax}.get(self.task, lambda scores: scores))(raw)


class Onnx:
    """A graph that onnxruntime scores, which must be installed."""

    tolerance = 1e-5

    def __init__(self, header, folder):
        import onnxruntime

        self.features = header["features"]
        self.wiring = header["onnx"]
        self.is_binary = header["task"] == "binary"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = os.path.join(folder, "model.onnx")
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def score(self, matrix):
        feeds, at = {}, 0
        for given in self.wiring["inputs"]:
            columns = range(at, at + given["width"])
            at += given["width"]
            cells = numpy.column_stack([self._cells(matrix[:, i], self.features[i], given["type"]) for i in columns])
            feeds[given["name"]] = cells[:, 0] if given["isFlat"] else cells
        scores = self.session.run([self.wiring["output"]], feeds)[0]
        scores = numpy.asarray(scores, dtype=float).reshape(len(matrix), -1)
        return scores[:, -1:] if self.is_binary else scores

    def _cells(self, values, feature, kind):
        if kind == "string":
            levels = numpy.array([*feature["levels"], ""], dtype=object)
            return levels[numpy.where(numpy.isnan(values), -1, values).astype(int)]
        if kind.startswith(("int", "bool")) and not (values == numpy.trunc(values)).all():
            raise ValueError(f"{feature['name']} must be a whole number")
        return values.astype(kind)
