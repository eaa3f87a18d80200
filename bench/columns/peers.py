"""The peers of the benchmark: what is at hand of pyarrow, pandas and DuckDB.

    peers.py convert ROWS.csv ROWS.parquet     writes the rows as Parquet
    peers.py measure PEER FILE                 prints seconds of the wall's clock and of the processor
"""
import sys
import time


def convert(source, target):
    import pyarrow.csv
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.csv.read_csv(source), target)


def pandas(path):
    import pandas

    frame = pandas.read_parquet(path) if path.endswith(".parquet") else pandas.read_csv(path)
    return frame.describe(include="all")


def duckdb(path):
    import duckdb

    return duckdb.sql(f"SUMMARIZE SELECT * FROM '{path}'").fetchall()


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "convert":
        convert(*rest)
    else:
        peer, path = rest
        __import__(peer)
        work = {"pandas": pandas, "duckdb": duckdb}[peer]
        wall, processor = time.perf_counter(), time.process_time()
        work(path)
        print(time.perf_counter() - wall, time.process_time() - processor)
