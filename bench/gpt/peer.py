"""The same nanoGPT in PyTorch, eager, as a server of measurements: reads one command a line, answers one line of JSON.

Commands: `threads N`, `step N` (N training steps, their times in ms), `generate N` (N tokens by nanoGPT's plain
sampler at batch 1, tokens per second), `quit`. Model and sampler follow https://github.com/karpathy/nanoGPT, model.py,
with weight tying, no biases, no dropout, AdamW with decay on matrices, gradients clipped to norm 1.
"""

import json
import math
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import torch
import torch.nn as nn
from torch.nn import functional as F

LAYERS, HEADS, WIDTH, CONTEXT, VOCABULARY, BATCH = 4, 4, 128, 64, 65, 12


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        return F.layer_norm(x, (WIDTH,), self.weight, None, 1e-5)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = Norm(), Norm()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, WIDTH, bias=False)
        self.expand = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.contract = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = (part.view(b, t, HEADS, c // HEADS).transpose(1, 2) for part in self.qkv(self.norm1(x)).split(c, 2))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).contiguous().view(b, t, c))
        return x + self.contract(F.gelu(self.expand(self.norm2(x))))


class GPT(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(CONTEXT, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = Norm()
        self.head = nn.Linear(WIDTH, VOCABULARY, bias=False)
        self.head.weight = self.tokens.weight
        for name, p in self.named_parameters():
            if p.dim() > 1:
                deviation = 0.02 / math.sqrt(2 * LAYERS) if "out" in name or "contract" in name else 0.02
                nn.init.normal_(p, 0.0, deviation)

    def forward(self, x, y=None):
        h = self.tokens(x) + self.positions(torch.arange(x.shape[1]))
        for block in self.blocks:
            h = block(h)
        h = self.norm(h)
        if y is None:
            return self.head(h[:, [-1], :])
        return F.cross_entropy(self.head(h).view(-1, VOCABULARY), y.view(-1))


def main():
    torch.manual_seed(1)
    model = GPT()
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.99))

    def step():
        data = torch.randint(VOCABULARY, (BATCH, CONTEXT + 1))
        loss = model(data[:, :-1].contiguous(), data[:, 1:].contiguous())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return loss.item()

    @torch.no_grad()
    def generate(count):
        x = torch.zeros((1, 1), dtype=torch.long)
        start = time.perf_counter()
        for _ in range(count):
            probabilities = F.softmax(model(x[:, -CONTEXT:])[:, -1, :] / 0.8, dim=-1)
            x = torch.cat((x, torch.multinomial(probabilities, 1)), dim=1)
        return count / (time.perf_counter() - start)

    print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "quit":
            break
        count = int(rest[0])
        if command == "threads":
            torch.set_num_threads(count)
            answer = {"threads": torch.get_num_threads()}
        elif command == "step":
            times, cpu = [], []
            for _ in range(count):
                start, busy = time.perf_counter(), time.process_time()
                step()
                times.append((time.perf_counter() - start) * 1000)
                cpu.append((time.process_time() - busy) * 1000)
            answer = {"ms": times, "cpuMs": cpu}
        else:
            answer = {"tokensPerSecond": generate(count)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
