"""Writes Parquet files with pyarrow, polars and DuckDB, or reads some with each; cells as JSON, missing ones null.

Given {"write": folder}, answers with {name: columns} as they were written. Given {"read": path}, with {reader: columns}.
"""

import datetime as dt
import decimal
import json
import math
import random
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

EPOCH = dt.datetime(1970, 1, 1)
N = 1200


def milliseconds(value):
    return value // dt.timedelta(milliseconds=1)


def plain(cell):
    if cell is None or isinstance(cell, (str, bool)):
        return cell
    if isinstance(cell, dt.datetime):
        return {"ms": milliseconds(cell.replace(tzinfo=None) - EPOCH)}
    if isinstance(cell, dt.date):
        return {"ms": (cell - EPOCH.date()).days * 86_400_000}
    if isinstance(cell, dt.time):
        return ((cell.hour * 60 + cell.minute) * 60 + cell.second) * 1000 + cell.microsecond // 1000
    if isinstance(cell, bytes):
        return cell.decode()
    number = float(cell)
    if math.isnan(number):
        return None
    return number if math.isfinite(number) else str(number)


def cells(column):
    if pa.types.is_timestamp(column.type):
        # Python's own date-times have no nanoseconds: cut as integers.
        unit = {"s": 1000, "ms": 1, "us": -1000, "ns": -1_000_000}[column.type.unit]
        values = column.cast(pa.int64()).to_pylist()
        return [None if v is None else {"ms": v * unit if unit > 0 else v // -unit} for v in values]
    if pa.types.is_time(column.type):
        column = column.cast(pa.time64("us"), safe=False) if pa.types.is_time64(column.type) else column
    return [plain(cell) for cell in column.to_pylist()]


def columns(table):
    return [{"name": name, "cells": cells(table.column(name))} for name in table.column_names]


def base():
    random.seed(11)
    words = ["", "a", "Zürich", "naïve", "日本", "x" * 300, "NA", "null"]

    def some(make, share=0.2):
        return [None if random.random() < share else make(i) for i in range(N)]

    def moment(unit, low, high):
        return pa.array(some(lambda _: random.randint(low, high)), pa.timestamp(unit))

    data = {
        "int8": pa.array(some(lambda i: i % 200 - 100), pa.int8()),
        "uint8": pa.array(some(lambda i: i % 256), pa.uint8()),
        "uint16": pa.array(some(lambda i: i * 37 % 65536), pa.uint16()),
        "int32": pa.array(some(lambda _: random.randint(-(2**31), 2**31 - 1)), pa.int32()),
        "uint32": pa.array(some(lambda _: random.randint(0, 2**32 - 1)), pa.uint32()),
        "int64": pa.array(some(lambda _: random.randint(1 - 2**53, 2**53 - 1)), pa.int64()),
        "uint64": pa.array(some(lambda _: random.randint(0, 2**53 - 1)), pa.uint64()),
        "whole": pa.array([random.randint(0, 5) for _ in range(N)], pa.int64()),
        "float32": pa.array(some(lambda _: random.gauss(0, 1)), pa.float32()),
        "float64": pa.array(some(lambda i: [math.nan, math.inf, -math.inf, -0.0, 5e-324][i % 9] if i % 9 < 5 else random.gauss(0, 1)), pa.float64()),
        "bool": pa.array(some(lambda _: random.random() < 0.5), pa.bool_()),
        "runs": pa.array([i // 300 % 2 == 0 for i in range(N)], pa.bool_()),
        "city": pa.array(some(lambda _: random.choice(words)), pa.string()),
        "code": pa.array([f"id-{i * 7919 % 100_003:06d}" for i in range(N)], pa.string()),
        "date": pa.array(some(lambda _: random.randint(-30_000, 30_000)), pa.date32()),
        "s": moment("s", -(10**9), 10**10),
        "ms": moment("ms", -(10**12), 10**13),
        "us": moment("us", -(10**15), 10**17),
        "ns": moment("ns", -(10**18), 9 * 10**18),
        "zoned": pa.array(some(lambda _: random.randint(0, 10**15)), pa.timestamp("us", "Europe/Berlin")),
        "time": pa.array(some(lambda _: random.randint(0, 86_399_999)), pa.time32("ms")),
        "nothing": pa.array([None] * N, pa.float64()),
        "decimal": pa.array(some(lambda _: decimal.Decimal(random.randint(-(10**8), 10**8)).scaleb(-2)), pa.decimal128(12, 2)),
        "wide": pa.array(some(lambda _: decimal.Decimal(random.randint(-(10**27), 10**27)).scaleb(-6)), pa.decimal128(30, 6)),
    }
    return pa.table(data)


def write_all(folder):
    table = base()
    written = {}

    def arrow(name, data=table, **options):
        pq.write_table(data, f"{folder}/{name}.parquet", **options)
        written[name] = data

    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        for version in ["1.0", "2.0"]:
            arrow(f"arrow-{codec}-{version}", compression=codec, data_page_version=version, data_page_size=2048)
    arrow("arrow-plain", use_dictionary=False)
    arrow("arrow-fallback", dictionary_pagesize_limit=512, data_page_size=512)
    arrow("arrow-groups", row_group_size=100)
    arrow("arrow-delta", use_dictionary=False, column_encoding={
        "int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED", "ms": "DELTA_BINARY_PACKED",
        "code": "DELTA_BYTE_ARRAY", "city": "DELTA_LENGTH_BYTE_ARRAY", "float64": "BYTE_STREAM_SPLIT",
        "float32": "BYTE_STREAM_SPLIT", "runs": "RLE"})
    arrow("arrow-stream-split", use_dictionary=False, column_encoding={"wide": "BYTE_STREAM_SPLIT", "int32": "BYTE_STREAM_SPLIT"})
    arrow("arrow-int-decimals", store_decimal_as_integer=True)
    arrow("arrow-int96", table.select(["ns", "us"]), use_deprecated_int96_timestamps=True)
    arrow("arrow-empty", table.slice(0, 0))
    arrow("arrow-one", table.slice(7, 1))
    required = table.select(["whole", "code", "runs"])
    arrow("arrow-required", required.cast(pa.schema([field.with_nullable(False) for field in required.schema])))
    arrow("arrow-dictionary", pa.table({"city": table["city"].dictionary_encode(), "big": table["code"].cast(pa.large_string())}))
    arrow("arrow-half", pa.table({"half": table["float64"].cast(pa.float16())}))
    arrow("arrow-binary", pa.table({"bytes": table["city"].cast(pa.binary())}))

    frame = pl.from_arrow(table)
    for codec in ["uncompressed", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        frame.write_parquet(f"{folder}/polars-{codec}.parquet", compression=codec, row_group_size=500)
        written[f"polars-{codec}"] = table
    small = table.drop_columns(["wide", "zoned"])
    for codec in ["uncompressed", "snappy", "gzip", "brotli", "zstd", "lz4_raw"]:
        for version in ["V1", "V2"]:
            name = f"duckdb-{codec}-{version}"
            duckdb.sql(f"copy (from small) to '{folder}/{name}.parquet' (codec {codec}, parquet_version {version})")
            written[name] = small
    return {name: columns(data) for name, data in written.items()}


def read_all(path):
    def from_duckdb():
        found = duckdb.sql(f"from read_parquet('{path}')").to_arrow_table()
        return found

    return {
        "pyarrow": columns(pq.read_table(path)),
        "polars": columns(pl.read_parquet(path).to_arrow()),
        "duckdb": columns(from_duckdb()),
    }


given = json.load(sys.stdin)
json.dump(write_all(given["write"]) if "write" in given else read_all(given["read"]), sys.stdout)
