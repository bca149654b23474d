"""Readers of CSV files for bench/load.mjs, each at its defaults; results are typed columns in memory."""

from python_peer import serve


def pyarrow(path):
    import pyarrow.csv

    # Its default refuses line breaks in quotes, which any export may hold.
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return {"n_rows": pyarrow.csv.read_csv(path, parse_options=options).num_rows}


def duckdb(path):
    import duckdb

    table = duckdb.sql(f"select * from read_csv('{path}')").to_arrow_table()
    return {"n_rows": table.num_rows}


def polars(path):
    import polars

    return {"n_rows": polars.read_csv(path, try_parse_dates=True).height}


def pandas(path):
    import pandas

    return {"n_rows": len(pandas.read_csv(path, parse_dates=["created_at", "birth_date"]))}


serve(pyarrow=pyarrow, duckdb=duckdb, polars=polars, pandas=pandas)
