"""DuckDB for bench/asof.mjs: an ASOF join and window aggregates over the events and labels that Node wrote to a folder."""

import pathlib
import time

import duckdb
import numpy
from python_peer import serve

connection = duckdb.connect()
DAY_MS = 86_400_000

ASOF = """
    SELECT l.row, e.value
    FROM labels l ASOF LEFT JOIN events e ON l.entity = e.entity AND l.time > e.time
    ORDER BY l.row
"""
WINDOWS = f"""
    SELECT l.row, count(e.time) AS count, coalesce(sum(e.value), 0) AS sum, avg(e.value) AS mean,
           count(DISTINCT e.kind) AS kinds
    FROM labels l LEFT JOIN events e
      ON l.entity = e.entity AND e.time < l.time AND e.time >= l.time - {30 * DAY_MS}
    GROUP BY l.row ORDER BY l.row
"""


def load(folder, threads):
    """Tables in DuckDB's own storage, so that only the query is timed."""
    connection.execute(f"SET threads = {threads}")
    read = lambda name: numpy.fromfile(pathlib.Path(folder) / f"{name}.f64")
    events = {name: read(f"events.{name}") for name in ("entity", "time", "value", "kind")}
    labels = {name: read(f"labels.{name}") for name in ("entity", "time")}
    whole = {"entity", "time", "kind"}
    events = {name: column.astype("int64") if name in whole else column for name, column in events.items()}
    labels = {name: column.astype("int64") for name, column in labels.items()}
    labels["row"] = numpy.arange(len(labels["time"]))
    connection.execute("CREATE OR REPLACE TABLE events AS SELECT * FROM events")
    connection.execute("CREATE OR REPLACE TABLE labels AS SELECT * FROM labels")


def query(name, folder):
    sql = {"asof": ASOF, "windows": WINDOWS}[name]
    start = time.perf_counter()
    found = connection.execute(sql).fetchnumpy()
    seconds = time.perf_counter() - start
    for column, values in found.items():
        numpy.ma.filled(numpy.ma.asarray(values, "float64"), numpy.nan).tofile(pathlib.Path(folder) / f"{column}.out")
    return {"time": seconds}


serve(load=load, query=query)
