"""One profile of a CSV file as a whole process: eda.py TOOL FILE OUT, for bench/eda.mjs."""

import sys

tool, path, out = sys.argv[1:]


def ydata(minimal):
    import pandas
    from ydata_profiling import ProfileReport

    ProfileReport(pandas.read_csv(path), minimal=minimal, progress_bar=False).to_file(out, silent=True)


def skrub():
    import pandas
    from skrub import TableReport

    TableReport(pandas.read_csv(path), verbose=0).write_html(out)


def duckdb():
    import duckdb

    rows = duckdb.sql(f"SUMMARIZE SELECT * FROM read_csv('{path}')").fetchall()
    with open(out, "w") as file:
        file.write(str(rows))


{
    "ydata-minimal": lambda: ydata(True),
    "ydata-full": lambda: ydata(False),
    "skrub": skrub,
    "duckdb": duckdb,
}[tool]()
