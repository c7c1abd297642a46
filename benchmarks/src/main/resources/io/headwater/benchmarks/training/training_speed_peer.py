"""The same training in Debian's PyTorch: reads what TrainingSpeed wrote, prints the seconds of each round.

Two ways, both on one thread: as the tutorials write it (Linear, cross_entropy, torch.optim.Adam), and with the gradient
by hand, in place. Neither counts the import, the reading, or the first round.
"""
import math
import sys
import time

import numpy
import torch

directory, examples, dimension, classes, epochs, batch, rounds = sys.argv[1], *map(int, sys.argv[2:8])
learning_rate, l2, seed = float(sys.argv[8]), float(sys.argv[9]), 42
torch.set_num_threads(1)
rows = torch.from_numpy(numpy.fromfile(directory + "/rows.f32", dtype="<f4").reshape(examples, dimension))
targets = torch.from_numpy(numpy.fromfile(directory + "/targets.i32", dtype="<i4").astype("int64"))
per_epoch = -(-examples // batch)
steps = epochs * per_epoch


def batches(generator):
    for _ in range(epochs):
        order = torch.randperm(examples, generator=generator)
        for step in range(per_epoch):
            yield order[examples * step // per_epoch : examples * (step + 1) // per_epoch]


def rate(done):
    return learning_rate * 0.5 * (1 + math.cos(math.pi * done / steps))


def tutorial():
    torch.manual_seed(seed)
    head = torch.nn.Linear(dimension, classes)
    adam = torch.optim.Adam(
        [{"params": [head.weight], "weight_decay": l2 / examples}, {"params": [head.bias]}], lr=learning_rate
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda done: rate(done) / learning_rate)
    for chosen in batches(torch.Generator().manual_seed(seed)):
        adam.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(head(rows[chosen]), targets[chosen]).backward()
        adam.step()
        schedule.step()
    return head.weight.detach().t()


def by_hand():
    generator = torch.Generator().manual_seed(seed)
    weights, bias = torch.zeros(dimension, classes), torch.zeros(classes)
    means = [torch.zeros_like(weights), torch.zeros_like(bias)]
    squares = [torch.zeros_like(weights), torch.zeros_like(bias)]
    with torch.no_grad():
        for done, chosen in enumerate(batches(generator)):
            x = rows[chosen]
            error = torch.softmax(torch.addmm(bias, x, weights), 1)
            error[torch.arange(len(chosen)), targets[chosen]] -= 1
            error /= len(chosen)
            slopes = (torch.addmm(weights, x.t(), error, beta=l2 / examples), error.sum(0))
            size = rate(done) * math.sqrt(1 - 0.999 ** (done + 1)) / (1 - 0.9 ** (done + 1))
            for value, slope, mean, square in zip((weights, bias), slopes, means, squares):
                mean.mul_(0.9).add_(slope, alpha=0.1)
                square.mul_(0.999).addcmul_(slope, slope, value=0.001)
                value.addcdiv_(mean, square.sqrt().add_(1e-8), value=-size)
    return weights


def accuracy(weights):
    return ((rows @ weights).argmax(1) == targets).float().mean().item()


print("version", torch.__version__, flush=True)
for way in (tutorial, by_hand):
    for round in range(-1, rounds):
        start = time.perf_counter()
        weights = way()
        seconds = time.perf_counter() - start
        if round >= 0:
            print(way.__name__, seconds, accuracy(weights), flush=True)
