"""JAX as a peer: `jax_peer.py jit THREADS`. Whole steps under jax.jit, with plain functions over dictionaries of weights."""

import sys

import served

THREADS = int(sys.argv[2])
served.limit_processors(THREADS)

import jax
import jax.numpy as jnp
from jax import lax

TEMPERATURE = 0.8


def normed(x, gain):
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - mean) * lax.rsqrt(variance + 1e-5) * gain


def attended(network, weights, name, x):
    """`[batch, time, width]` -> queries, keys, values `[batch, heads, time, head width]`."""
    b, t, c = x.shape
    joined = normed(x, weights[f"{name}.norm1"]) @ weights[f"{name}.attention.qkv"]
    return joined.reshape(b, t, 3, network["heads"], -1).transpose(2, 0, 3, 1, 4)


def rest(weights, name, x, mixed):
    x += mixed.transpose(0, 2, 1, 3).reshape(x.shape) @ weights[f"{name}.attention.out"]
    expanded = normed(x, weights[f"{name}.norm2"]) @ weights[f"{name}.mlp.expand"]
    return x + jax.nn.gelu(expanded, approximate=False) @ weights[f"{name}.mlp.contract"]


def weighed(q, k, v, hidden):
    return jax.nn.softmax(q @ k.swapaxes(-1, -2) * q.shape[-1] ** -0.5 + hidden) @ v


def transformer(network, weights, tokens):
    time_steps = tokens.shape[1]
    x = weights["tokens"][tokens] + weights["positions"][:time_steps]
    hidden = jnp.where(jnp.tri(time_steps, dtype=bool), 0.0, -1e9)
    for at in range(network["layers"]):
        q, k, v = attended(network, weights, f"blocks.{at}", x)
        x = rest(weights, f"blocks.{at}", x, weighed(q, k, v, hidden))
    return (normed(x, weights["norm"]) @ weights["tokens"].T).reshape(-1, network["vocabulary"])


def append(network, weights, state, key):
    """One token behind what the caches `[layers, 2, heads, context, head width]` hold; draws the next."""
    token, position, caches = state
    x = (weights["tokens"][token] + weights["positions"][position]).reshape(1, 1, -1)
    hidden = jnp.where(jnp.arange(network["context"]) <= position, 0.0, -1e9)
    for at in range(network["layers"]):
        q, k, v = attended(network, weights, f"blocks.{at}", x)
        caches = lax.dynamic_update_slice(caches, jnp.stack([k, v])[None, :, 0], (at, 0, 0, position, 0))
        x = rest(weights, f"blocks.{at}", x, weighed(q, caches[at, 0][None], caches[at, 1][None], hidden))
    logits = (normed(x, weights["norm"]) @ weights["tokens"].T).reshape(-1)
    return jax.random.categorical(jax.random.fold_in(key, position), logits / TEMPERATURE), position + 1, caches


def dense(weights, name, x):
    return x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]


def mlp(network, weights, x):
    for at in range(network["layers"]):
        x = jax.nn.relu(dense(weights, f"hidden.{at}", x))
    return dense(weights, "output", x)


def lenet(network, weights, x):
    for name, padding in (("conv1", "SAME"), ("conv2", "VALID")):
        layout = ("NHWC", "HWIO", "NHWC")
        x = lax.conv_general_dilated(x, weights[f"{name}.weight"], (1, 1), padding, dimension_numbers=layout)
        x = jax.nn.relu(x + weights[f"{name}.bias"])
        x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    x = jax.nn.relu(dense(weights, "dense1", x.reshape(x.shape[0], -1)))
    return dense(weights, "output", jax.nn.relu(dense(weights, "dense2", x)))


def lstm(network, weights, x):
    driven = x.swapaxes(0, 1) @ weights["lstm.input"] + weights["lstm.bias"]

    def cell_step(carried, drive):
        state, cell = carried
        i, f, g, o = jnp.split(drive + state @ weights["lstm.recurrent"], 4, axis=1)
        cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(cell), cell), None

    zeros = jnp.zeros((x.shape[0], network["units"]))
    (state, _), _ = lax.scan(cell_step, (zeros, zeros), driven)
    return dense(weights, "output", state)


FORWARD = {"transformer": transformer, "mlp": mlp, "cnn": lenet, "lstm": lstm}


def adamw(options, weights, moments, gradients, step):
    if options["clip"] > 0:
        norm = jnp.sqrt(sum((g**2).sum() for g in gradients.values()))
        scale = jnp.minimum(1, options["clip"] / (norm + 1e-6))
        gradients = {name: g * scale for name, g in gradients.items()}
    b1, b2, lr = options["beta1"], options["beta2"], options["lr"]
    next_weights, next_moments = {}, {}
    for name, g in gradients.items():
        m, v = moments[name]
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
        update = (m / (1 - b1**step)) / (jnp.sqrt(v / (1 - b2**step)) + options["epsilon"])
        decay = options["weightDecay"] if g.ndim > 1 else 0
        next_weights[name] = weights[name] * (1 - lr * decay) - lr * update
        next_moments[name] = (m, v)
    return next_weights, next_moments


def open_training(network, problem):
    options, forward = network["optimizer"], FORWARD[network["kind"]]
    weights = {name: jnp.asarray(value) for name, value in problem.weights.items()}
    moments = {name: (jnp.zeros_like(value), jnp.zeros_like(value)) for name, value in weights.items()}
    xs, ys = [jnp.asarray(x) for x in problem.x], [jnp.asarray(y.reshape(-1)) for y in problem.y]

    def loss_of(weights, x, y):
        chances = jax.nn.log_softmax(forward(network, weights, x))
        return -jnp.take_along_axis(chances, y[:, None], axis=1).mean()

    def whole_step(weights, moments, step, x, y):
        loss, gradients = jax.value_and_grad(loss_of)(weights, x, y)
        return loss, *adamw(options, weights, moments, gradients, step)

    run = jax.jit(whole_step, donate_argnums=(0, 1))
    state = {"weights": weights, "moments": moments, "step": 0}

    def step(at):
        state["step"] += 1
        count = jnp.float32(state["step"])
        loss, state["weights"], state["moments"] = run(state["weights"], state["moments"], count, xs[at], ys[at])
        return float(loss)

    return served.training(problem, step)


def open_prediction(network, problem, rows):
    weights = {name: jnp.asarray(value) for name, value in problem.weights.items()}
    x = jnp.asarray(problem.rows(rows))
    run = jax.jit(lambda weights, x: jax.nn.softmax(FORWARD[network["kind"]](network, weights, x)))
    return lambda count: {"values": served.timed(count, lambda: run(weights, x).block_until_ready())}


def open_writing(network, problem):
    weights = {name: jnp.asarray(value) for name, value in problem.weights.items()}
    key, head_width = jax.random.key(1), network["width"] // network["heads"]
    run = jax.jit(lambda weights, state: append(network, weights, state, key))
    caches = jnp.zeros((network["layers"], 2, network["heads"], network["context"], head_width))
    empty = (jnp.int32(0), jnp.int32(0), caches)

    def measure(count):
        start = served.now()
        state = empty
        for at in range(count):
            state = run(weights, empty if at % network["context"] == 0 else state)
            int(state[0])
        return {"values": [count / (served.now() - start)]}

    return measure


def open_case(case, network, problem):
    if case["measures"] == "gemm":
        a, b = (jnp.asarray(values) for values in served.gemm_inputs())
        run = jax.jit(jnp.matmul)
        call = lambda: run(a, b).block_until_ready()
        return lambda count: {"values": served.gflops(served.timed(count, call))}
    if case["measures"] == "train":
        return open_training(network, problem)
    if case["measures"] == "predict":
        return open_prediction(network, problem, case["rows"])
    return open_writing(network, problem)


if __name__ == "__main__":
    served.serve({"engine": f"JAX {jax.__version__}", "versions": {"jax": jax.__version__}, "threads": THREADS}, open_case)
