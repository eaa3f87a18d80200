"""What the Python peers share: the problem's file, and the exchange of JSON lines with the benchmark.

A peer is a function `open_case(case, network, problem)` that returns `measure(count) -> dict`. Requests and answers are
those of bench/engine/lab/worker.ts.
"""

import json
import os
import sys
import time

import numpy as np

GEMM_SIZE = 1536
# Seconds of the wall's clock, or of processor time where the benchmark asks for that.
now = time.process_time if os.environ.get("BENCH_CLOCK") == "processor" else time.perf_counter
TYPES = {"F32": np.float32, "I32": np.int32}


class Problem:
    """First weights by name, and batches `x`, `y` `[batches, batch, ...]`."""

    def __init__(self, path):
        with open(path, "rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length))
            data = file.read()
        tensors = {}
        for name, entry in header.items():
            if name != "__metadata__":
                start, end = entry["data_offsets"]
                values = np.frombuffer(data[start:end], dtype=TYPES[entry["dtype"]])
                tensors[name] = values.reshape(entry["shape"]).copy()
        self.x, self.y = tensors.pop("x"), tensors.pop("y")
        self.weights = {name.removeprefix("weight."): value for name, value in tensors.items()}

    def rows(self, count):
        """The first rows of the batches, from the first batch again when there are too few."""
        flat = self.x.reshape(-1, *self.x.shape[2:])
        return np.resize(flat, (count, *flat.shape[1:]))


def gemm_inputs():
    at = np.arange(GEMM_SIZE * GEMM_SIZE)
    return [(((at * factor) % 17) / 17 - 0.5).astype(np.float32).reshape(GEMM_SIZE, GEMM_SIZE) for factor in (7, 5)]


def gflops(values):
    return [2 * GEMM_SIZE**3 / ms / 1e6 for ms in values]


def timed(count, call):
    """Milliseconds of each call; `call` returns when its work is done."""
    values = []
    for _ in range(count):
        start = now()
        call()
        values.append((now() - start) * 1000)
    return values


def training(problem, step):
    """Measures `step(x, y) -> float`, the loss before the update, over the problem's batches."""
    done = 0

    def measure(count):
        nonlocal done
        values, losses = [], []
        for _ in range(count):
            at = done % len(problem.x)
            done += 1
            values += timed(1, lambda: losses.append(step(at)))
        return {"values": values, "losses": losses}

    return measure


def limit_processors(count):
    """For libraries that take as many threads as the process has processors."""
    if hasattr(os, "sched_setaffinity"):
        available = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, available[:count])


def serve(greeting, open_case):
    print(json.dumps(greeting), flush=True)
    measure = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "open":
                problem = Problem(request["problem"]) if "problem" in request else None
                start = time.perf_counter()
                measure = open_case(request["case"], request.get("network"), problem)
                answer = {"openMs": (time.perf_counter() - start) * 1000}
            else:
                answer = measure(request["count"])
        except Exception as error:  # A case that fails is reported by name; the next one goes on.
            answer = {"error": f"{type(error).__name__}: {error}".strip().split("\n")[0]}
        print(json.dumps(answer), flush=True)
