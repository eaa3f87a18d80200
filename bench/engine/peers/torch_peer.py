"""PyTorch as a peer: `torch_peer.py eager|compile|cached THREADS`.

The transformer follows https://github.com/karpathy/nanoGPT, model.py: weight tying, no biases, no dropout, AdamW with
decay on matrices. `cached` writes with cached keys and values, `eager` by nanoGPT's own sampler, which does not cache.
"""

import sys
import warnings

warnings.filterwarnings("ignore")
import torch
import torch.nn as nn
from torch.nn import functional as F

import served

MODE, THREADS = sys.argv[1], int(sys.argv[2])
TEMPERATURE = 0.8


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width, bias=False), nn.LayerNorm(width, bias=False)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.expand = nn.Linear(width, 4 * width, bias=False)
        self.contract = nn.Linear(4 * width, width, bias=False)

    def forward(self, x, cache=None, position=0):
        b, t, c = x.shape
        q, k, v = (part.view(b, t, self.heads, -1).transpose(1, 2) for part in self.qkv(self.norm1(x)).split(c, 2))
        if cache is not None:
            cache[0][:, :, position : position + t], cache[1][:, :, position : position + t] = k, v
            k, v = cache[0][:, :, : position + t], cache[1][:, :, : position + t]
        y = F.scaled_dot_product_attention(q, k, v, is_causal=t > 1)
        x = x + self.out(y.transpose(1, 2).contiguous().view(b, t, c))
        return x + self.contract(F.gelu(self.expand(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, network, weights):
        super().__init__()
        width, self.context = network["width"], network["context"]
        self.tokens = nn.Embedding(network["vocabulary"], width)
        self.positions = nn.Embedding(self.context, width)
        self.blocks = nn.ModuleList(Block(width, network["heads"]) for _ in range(network["layers"]))
        self.norm = nn.LayerNorm(width, bias=False)
        self.cache_shape = (2, 1, network["heads"], self.context, width // network["heads"])
        with torch.no_grad():
            self.tokens.weight.copy_(weights["tokens"])
            self.positions.weight.copy_(weights["positions"])
            self.norm.weight.copy_(weights["norm"])
            for at, block in enumerate(self.blocks):
                part = lambda name: weights[f"blocks.{at}.{name}"]
                block.norm1.weight.copy_(part("norm1"))
                block.norm2.weight.copy_(part("norm2"))
                block.qkv.weight.copy_(part("attention.qkv").T)
                block.out.weight.copy_(part("attention.out").T)
                block.expand.weight.copy_(part("mlp.expand").T)
                block.contract.weight.copy_(part("mlp.contract").T)

    def forward(self, x, caches=None, position=0):
        h = self.tokens(x) + self.positions(torch.arange(position, position + x.shape[1]))
        for at, block in enumerate(self.blocks):
            h = block(h, None if caches is None else caches[at], position)
        return F.linear(self.norm(h), self.tokens.weight).flatten(0, 1)

    def last_logits(self, x):
        """nanoGPT names the next token only behind the last position."""
        h = self.tokens(x) + self.positions(torch.arange(x.shape[1]))
        for block in self.blocks:
            h = block(h)
        return F.linear(self.norm(h[:, -1]), self.tokens.weight)


class Lstm(nn.Module):
    def __init__(self, network, weights):
        super().__init__()
        self.lstm = nn.LSTM(network["features"], network["units"], batch_first=True)
        self.output = linear(weights, "output")
        with torch.no_grad():
            self.lstm.weight_ih_l0.copy_(weights["lstm.input"].T)
            self.lstm.weight_hh_l0.copy_(weights["lstm.recurrent"].T)
            self.lstm.bias_ih_l0.copy_(weights["lstm.bias"])
            self.lstm.bias_hh_l0.zero_()
        # The other contestants have one bias for each gate.
        self.lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        states, _ = self.lstm(x)
        return self.output(states[:, -1])


def linear(weights, name):
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    layer = nn.Linear(*weight.shape)
    with torch.no_grad():
        layer.weight.copy_(weight.T)
        layer.bias.copy_(bias)
    return layer


def convolution(weights, name, padding):
    weight = weights[f"{name}.weight"].permute(3, 2, 0, 1)
    layer = nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], padding=padding)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(weights[f"{name}.bias"])
    return layer


def lenet(network, weights):
    second = network["filters"][1]
    left = (network["side"] // 2 - network["kernel"] + 1) // 2
    # Rows of the first dense layer stand in the order height, width, filter; PyTorch flattens filter first.
    first_dense = weights["dense1.weight"]
    weights["dense1.weight"] = first_dense.view(left, left, second, -1).permute(2, 0, 1, 3).reshape(first_dense.shape)
    return nn.Sequential(
        *(convolution(weights, "conv1", network["kernel"] // 2), nn.ReLU(), nn.MaxPool2d(2)),
        *(convolution(weights, "conv2", 0), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(linear(weights, "dense1"), nn.ReLU(), linear(weights, "dense2"), nn.ReLU(), linear(weights, "output")),
    )


def mlp(network, weights):
    hidden = [part for at in range(network["layers"]) for part in (linear(weights, f"hidden.{at}"), nn.ReLU())]
    return nn.Sequential(*hidden, linear(weights, "output"))


BUILD = {"transformer": Transformer, "mlp": mlp, "cnn": lenet, "lstm": Lstm}


def inputs_of(network, values):
    tensor = torch.from_numpy(values)
    return tensor.permute(0, 3, 1, 2).contiguous() if network["kind"] == "cnn" else tensor


def open_training(network, problem, model):
    options = network["optimizer"]
    trained = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.dim() > 1], "weight_decay": options["weightDecay"]},
        {"params": [p for p in trained if p.dim() <= 1], "weight_decay": 0.0},
    ]
    betas = (options["beta1"], options["beta2"])
    optimizer = torch.optim.AdamW(groups, lr=options["lr"], betas=betas, eps=options["epsilon"])
    run = torch.compile(model) if MODE == "compile" else model
    xs = [inputs_of(network, x).long() if network["kind"] == "transformer" else inputs_of(network, x) for x in problem.x]
    ys = [torch.from_numpy(y).long().flatten() for y in problem.y]

    def step(at):
        loss = F.cross_entropy(run(xs[at]), ys[at])
        loss.backward()
        if options["clip"] > 0:
            torch.nn.utils.clip_grad_norm_(trained, options["clip"])
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return loss.item()

    return served.training(problem, step)


def open_prediction(network, problem, model, rows):
    model.eval()
    run = torch.compile(model) if MODE == "compile" else model
    x = inputs_of(network, problem.rows(rows))

    def predict():
        with torch.inference_mode():
            F.softmax(run(x), dim=-1)

    return lambda count: {"values": served.timed(count, predict)}


def open_writing(model):
    @torch.inference_mode()
    def measure(count):
        start = served.now()
        text = torch.zeros((1, 1), dtype=torch.long)
        caches = torch.zeros((len(model.blocks), *model.cache_shape))
        for _ in range(count):
            if MODE == "cached":
                logits = model(text[:, -1:], caches, text.shape[1] - 1)
            else:
                logits = model.last_logits(text)
            token = torch.multinomial(F.softmax(logits / TEMPERATURE, dim=-1), 1)
            text = torch.cat((text, token), 1) if text.shape[1] < model.context else torch.zeros_like(token)
        return {"values": [count / (served.now() - start)]}

    return measure


def open_case(case, network, problem):
    torch._dynamo.reset()
    if case["measures"] == "gemm":
        a, b = (torch.from_numpy(values) for values in served.gemm_inputs())
        return lambda count: {"values": served.gflops(served.timed(count, lambda: a @ b))}
    weights = {name: torch.from_numpy(values) for name, values in problem.weights.items()}
    model = BUILD[network["kind"]](network, weights)
    if case["measures"] == "train":
        return open_training(network, problem, model)
    if case["measures"] == "predict":
        return open_prediction(network, problem, model, case["rows"])
    return open_writing(model)


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    served.serve(
        {"engine": f"PyTorch {torch.__version__}", "versions": {"torch": torch.__version__}, "threads": THREADS},
        open_case,
    )
