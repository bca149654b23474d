"""Readers and writers of Parquet files for bench/load-parquet.mjs, each at its defaults; results are typed columns in memory."""

import time

from python_peer import serve

TABLES = {}


def make(csv, path):
    import pyarrow.csv
    import pyarrow.parquet

    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(csv, parse_options=options), path)
    return {}


def pyarrow(path):
    import pyarrow.parquet

    return {"n_rows": pyarrow.parquet.read_table(path).num_rows}


def duckdb(path):
    import duckdb

    return {"n_rows": duckdb.sql(f"select * from read_parquet('{path}')").to_arrow_table().num_rows}


def polars(path):
    import polars

    return {"n_rows": polars.read_parquet(path).height}


def pandas(path):
    import pandas

    return {"n_rows": len(pandas.read_parquet(path))}


def write_pyarrow(path, out):
    import pyarrow.parquet

    if path not in TABLES:
        TABLES[path] = pyarrow.parquet.read_table(path)
    start = time.perf_counter()
    pyarrow.parquet.write_table(TABLES[path], out)
    return {"time": time.perf_counter() - start}


serve(make=make, pyarrow=pyarrow, duckdb=duckdb, polars=polars, pandas=pandas, write_pyarrow=write_pyarrow)
