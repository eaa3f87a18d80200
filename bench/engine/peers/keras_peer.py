"""TensorFlow and Keras as a peer: `keras_peer.py graph THREADS`.

Every step is one tf.function. MLP, LeNet-5 and LSTM are Keras layers; the transformer is written in TensorFlow's own
operations, since Keras has no layer with tied weights. Optimizers are Keras' own.
"""

import sys

import served

THREADS = int(sys.argv[2])

import keras
import tensorflow as tf

TEMPERATURE = 0.8


class Transformer(tf.Module):
    def __init__(self, network, weights):
        super().__init__()
        self.layers, self.heads = network["layers"], network["heads"]
        self.width, self.context = network["width"], network["context"]
        self.part = {name: keras.Variable(value, name=name.replace(".", "_")) for name, value in weights.items()}
        self.trainable_weights = list(self.part.values())

    def normed(self, x, name):
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return (x - mean) * tf.math.rsqrt(variance + 1e-5) * self.part[name].value

    def split(self, x, name):
        rows = tf.shape(x)[0]
        joined = tf.matmul(self.normed(x, f"{name}.norm1"), self.part[f"{name}.attention.qkv"].value)
        split = tf.reshape(joined, [rows, -1, 3, self.heads, self.width // self.heads])
        return tf.unstack(tf.transpose(split, [2, 0, 3, 1, 4]))

    def rest(self, x, mixed, name):
        joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), tf.shape(x))
        x += tf.matmul(joined, self.part[f"{name}.attention.out"].value)
        expanded = tf.matmul(self.normed(x, f"{name}.norm2"), self.part[f"{name}.mlp.expand"].value)
        return x + tf.matmul(tf.nn.gelu(expanded), self.part[f"{name}.mlp.contract"].value)

    def logits(self, x):
        flat = tf.reshape(self.normed(x, "norm"), [-1, self.width])
        return tf.matmul(flat, self.part["tokens"].value, transpose_b=True)

    def __call__(self, tokens, training=False):
        x = tf.gather(self.part["tokens"].value, tokens) + self.part["positions"].value[: tokens.shape[1]]
        hidden = (1 - tf.linalg.band_part(tf.ones([tokens.shape[1]] * 2), -1, 0)) * -1e9
        for at in range(self.layers):
            q, k, v = self.split(x, f"blocks.{at}")
            scores = tf.matmul(q, k, transpose_b=True) * (self.width // self.heads) ** -0.5 + hidden
            x = self.rest(x, tf.matmul(tf.nn.softmax(scores), v), f"blocks.{at}")
        return self.logits(x)

    @tf.function
    def append(self, token, position, caches):
        """One token behind what the caches `[layers, 2, 1, heads, context, head width]` hold; draws the next."""
        x = tf.reshape(tf.gather(self.part["tokens"].value, token), [1, 1, self.width])
        x += tf.gather(self.part["positions"].value, position)
        hidden = tf.where(tf.range(self.context) <= position, 0.0, -1e9)
        here = tf.reshape(tf.one_hot(position, self.context), [1, 1, self.context, 1])
        kept = []
        for at in range(self.layers):
            q, k, v = self.split(x, f"blocks.{at}")
            keys, values = caches[at, 0] + here * k, caches[at, 1] + here * v
            kept.append(tf.stack([keys, values]))
            scores = tf.matmul(q, keys, transpose_b=True) * (self.width // self.heads) ** -0.5 + hidden
            x = self.rest(x, tf.matmul(tf.nn.softmax(scores), values), f"blocks.{at}")
        drawn = tf.random.categorical(self.logits(x) / TEMPERATURE, 1, dtype=tf.int32)
        return drawn[0, 0], tf.stack(kept)


def with_weights(model, weights):
    model.set_weights(list(weights.values()))
    return model


def dense(size, activation=None):
    return keras.layers.Dense(size, activation=activation)


def mlp(network, weights):
    hidden = [dense(network["width"], "relu") for _ in range(network["layers"])]
    layers = [keras.Input([network["features"]]), *hidden, dense(network["classes"])]
    return with_weights(keras.Sequential(layers), weights)


def lenet(network, weights):
    first, second = network["filters"]
    convolution = lambda filters, padding: keras.layers.Conv2D(
        filters, network["kernel"], padding=padding, activation="relu"
    )
    layers = [
        *(keras.Input([network["side"], network["side"], 1]), convolution(first, "same"), keras.layers.MaxPooling2D()),
        *(convolution(second, "valid"), keras.layers.MaxPooling2D(), keras.layers.Flatten()),
        *(dense(network["dense"][0], "relu"), dense(network["dense"][1], "relu"), dense(network["classes"])),
    ]
    return with_weights(keras.Sequential(layers), weights)


def lstm(network, weights):
    layers = [keras.Input([network["steps"], network["features"]]), keras.layers.LSTM(network["units"])]
    return with_weights(keras.Sequential([*layers, dense(network["classes"])]), weights)


BUILD = {"transformer": Transformer, "mlp": mlp, "cnn": lenet, "lstm": lstm}


def open_training(network, problem, model):
    options = network["optimizer"]
    decay = {"weight_decay": options["weightDecay"]} if options["weightDecay"] > 0 else {}
    optimizer = (keras.optimizers.AdamW if decay else keras.optimizers.Adam)(
        learning_rate=options["lr"],
        beta_1=options["beta1"],
        beta_2=options["beta2"],
        epsilon=options["epsilon"],
        global_clipnorm=options["clip"] or None,
        **decay,
    )
    trained = model.trainable_weights
    if decay:
        optimizer.exclude_from_weight_decay(var_list=[weight for weight in trained if len(weight.shape) <= 1])
    optimizer.build(trained)
    xs = [tf.constant(x) for x in problem.x]
    ys = [tf.constant(y.reshape(-1)) for y in problem.y]

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        optimizer.apply(tape.gradient(loss, [weight.value for weight in trained]), trained)
        return loss

    return served.training(problem, lambda at: float(step(xs[at], ys[at])))


def open_prediction(problem, model, rows):
    x = tf.constant(problem.rows(rows))
    run = tf.function(lambda x: tf.nn.softmax(model(x)))
    return lambda count: {"values": served.timed(count, lambda: run(x).numpy())}


def open_writing(network, model):
    empty = tf.zeros([network["layers"], 2, 1, network["heads"], network["context"], network["width"] // network["heads"]])

    def measure(count):
        start = served.now()
        token, length, caches = tf.constant(0), 0, empty
        for _ in range(count):
            if length == network["context"]:
                token, length, caches = tf.constant(0), 0, empty
            token, caches = model.append(token, tf.constant(length), caches)
            length += 1
            int(token)
        return {"values": [count / (served.now() - start)]}

    return measure


def open_case(case, network, problem):
    keras.backend.clear_session()
    if case["measures"] == "gemm":
        a, b = (tf.constant(values) for values in served.gemm_inputs())
        return lambda count: {"values": served.gflops(served.timed(count, lambda: tf.matmul(a, b)[:1].numpy()))}
    model = BUILD[network["kind"]](network, problem.weights)
    if case["measures"] == "train":
        return open_training(network, problem, model)
    if case["measures"] == "predict":
        return open_prediction(problem, model, case["rows"])
    return open_writing(network, model)


if __name__ == "__main__":
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    versions = {"tensorflow": tf.__version__, "keras": keras.__version__}
    served.serve({"engine": f"TensorFlow {tf.__version__}", "versions": versions, "threads": THREADS}, open_case)
