"""DuckDB's ASOF join and window aggregates for the events and labels on stdin, as JSON on stdout."""

import json
import sys

import duckdb
import pandas

DAY_MS = 86_400_000


def last(filters):
    kept = f"(SELECT * FROM events WHERE {filters})"
    return f"""SELECT l.row, e.action, e.amount, e.time FROM labels l ASOF LEFT JOIN {kept} e
               ON l.who = e.who AND l.time > e.time ORDER BY l.row"""


def window(days, filters):
    return f"""SELECT l.row, count(e.time) AS count, coalesce(sum(e.amount), 0) AS sum, avg(e.amount) AS mean,
                      count(DISTINCT e.action) AS kinds, count(DISTINCT e.time // {DAY_MS}) AS days
               FROM labels l LEFT JOIN events e
                 ON l.who = e.who AND e.time < l.time AND e.time >= l.time - {int(days * DAY_MS)} AND {filters}
               GROUP BY l.row ORDER BY l.row"""


def records(connection, sql):
    found = connection.execute(sql)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]


if __name__ == "__main__":
    given = json.load(sys.stdin)
    connection = duckdb.connect()
    for table in ("events", "labels"):
        frame = pandas.DataFrame(given[table])
        connection.register(f"{table}_frame", frame)
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM {table}_frame")
    # pandas holds missing numbers as NaN, which SQL would add up.
    connection.execute("UPDATE events SET amount = NULL WHERE isnan(amount)")
    json.dump(
        {
            "last": records(connection, last("true")),
            "lastLogin": records(connection, last("action = 'login'")),
            "week": records(connection, window(7, "true")),
            "paidMonth": records(connection, window(30, "paid")),
        },
        sys.stdout,
    )
