"""What one step of tuning learns: intents of one set, plain meanings, or feelings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol

import torch
from torch.nn import functional

from intents.affect import SCORES
from intents.reading import EMOTIONS, SENTIMENTS
from intents.training.batches import Encode
from intents.training.corpora import Example
from intents.training.noise import noisy, noisy_all
from intents.training.sources import Labelled, Pair

SHARPNESS = 20.0
MOST_TEXTS, WORDS = 96, 900  # a batch of intents has so many texts, or about so many words
PAIRS = 32
FEELINGS = 64
ONE_FIRM = 0.6  # of the batches of plain meanings come from one firm, where needs are alike
HIDDEN = 192
SMALL = 0.05
Draw = random.Random
VALENCES = slice(0, len(SENTIMENTS))
STRONGEST = slice(len(SENTIMENTS), len(SENTIMENTS) + len(EMOTIONS))
FLAGGED = slice(len(SENTIMENTS) + len(EMOTIONS), SCORES)


class Task(Protocol):
    """One source of steps; `weight` is how often it is drawn."""

    name: str
    weight: float

    def parameters(self) -> list[torch.nn.Parameter]:
        """Give what the task learns beside the encoder."""
        ...

    def loss(self, encode: Encode, draw: Draw) -> torch.Tensor:
        """Give the loss of one batch, averaged over its texts."""
        ...


class IntentTask:
    """Cosine classification within one set, or each label yes or no where texts have several."""

    def __init__(self, source: Labelled, width: int, device: torch.device) -> None:
        """Start with random directions for the labels."""
        self.name, self.weight = source.name, source.weight
        self._source = source
        words = sum(len(text.split()) for text in source.texts) / len(source.texts)
        self._size = min(MOST_TEXTS, int(WORDS / words), len(source.texts))
        self._names = sorted({label for labels in source.labels for label in labels})
        self._place = {label: index for index, label in enumerate(self._names)}
        self._single = all(len(labels) == 1 for labels in source.labels)
        self._directions = torch.nn.Parameter(
            SMALL * torch.randn(len(self._names), width, device=device)
        )
        self._bias = torch.nn.Parameter(torch.full((1,), -8.0, device=device))

    def parameters(self) -> list[torch.nn.Parameter]:
        """Give the labels' directions."""
        return [self._directions] if self._single else [self._directions, self._bias]

    def loss(self, encode: Encode, draw: Draw) -> torch.Tensor:
        """Give cross-entropy over the set's labels."""
        chosen = draw.sample(range(len(self._source.texts)), self._size)
        last, _ = encode(noisy_all([self._source.texts[one] for one in chosen], draw))
        scores = SHARPNESS * last @ functional.normalize(self._directions, dim=1).T
        labels = [[self._place[label] for label in self._source.labels[one]] for one in chosen]
        if self._single:
            truth = torch.tensor([one[0] for one in labels], device=scores.device)
            return functional.cross_entropy(scores, truth)
        wanted = torch.zeros_like(scores)
        for row, one in enumerate(labels):
            wanted[row, one] = 1.0
        each = functional.binary_cross_entropy_with_logits(
            scores + self._bias, wanted, reduction="none"
        )
        return each.sum(dim=1).mean()


class PlainTask:
    """A message lies nearest to the plain sentence that says what its writer wants.

    Most batches hold the messages of one firm, so that the sentences to tell apart are alike; those
    of the same intent are not told apart.
    """

    name = "plain meanings"

    def __init__(self, pairs: Sequence[Pair], weight: float) -> None:
        """Keep the pairs."""
        self.weight = weight
        self._pairs = list(pairs)
        firms: dict[str, list[Pair]] = {}
        for pair in self._pairs:
            if pair.firm:
                firms.setdefault(pair.firm, []).append(pair)
        self._firms = [of_one for of_one in firms.values() if len(of_one) > PAIRS]

    def parameters(self) -> list[torch.nn.Parameter]:
        """Give nothing: the encoder alone learns."""
        return []

    def loss(self, encode: Encode, draw: Draw) -> torch.Tensor:
        """Give cross-entropy over the batch's sentences, in both directions."""
        source = self._pairs
        if self._firms and draw.random() < ONE_FIRM:
            source = draw.choices(self._firms, [len(one) for one in self._firms])[0]
        chosen = draw.sample(source, min(PAIRS, len(source)))
        count = len(chosen)
        found, _ = encode(
            [noisy(pair.text, draw) for pair in chosen] + [pair.plain for pair in chosen]
        )
        scores = SHARPNESS * found[:count] @ found[count:].T
        same = torch.tensor(
            [[a is not b and a.means(b) for b in chosen] for a in chosen], device=scores.device
        )
        scores = scores.masked_fill(same, -1e4)
        truth = torch.arange(count, device=scores.device)
        both = functional.cross_entropy(scores, truth) + functional.cross_entropy(scores.T, truth)
        return both / 2.0


class FeelingsTask:
    """Sentiment, emotion and the two flags from the late layers, by a small network."""

    def __init__(
        self, name: str, examples: Sequence[Example], weight: float, network: torch.nn.Module
    ) -> None:
        """Keep the examples; several tasks may share one network."""
        self.name, self.weight = name, weight
        self._examples = list(examples)
        self._network = network

    def parameters(self) -> list[torch.nn.Parameter]:
        """Give the network's weights."""
        return list(self._network.parameters())

    def loss(self, encode: Encode, draw: Draw) -> torch.Tensor:
        """Give the summed loss of what is labelled."""
        chosen = draw.choices(self._examples, k=FEELINGS)
        _, layers = encode(noisy_all([one.text for one in chosen], draw))
        truth = torch.tensor([one.labels for one in chosen], device=layers.device)
        return feelings_loss(self._network(layers), truth)


def feelings_network(width: int, device: torch.device) -> torch.nn.Module:
    """Give the network that reads the late layers (n, 4 x width) while the encoder is tuned."""
    return torch.nn.Sequential(
        torch.nn.LayerNorm(4 * width),
        torch.nn.Dropout(0.2),
        torch.nn.Linear(4 * width, HIDDEN),
        torch.nn.GELU(approximate="tanh"),
        torch.nn.Dropout(0.2),
        torch.nn.Linear(HIDDEN, SCORES),
    ).to(device)


def feelings_loss(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Give the loss of scores (n, 12) on labels (n, 5), -1 where unknown, averaged over rows."""
    total = scores.new_zeros(())
    for place, part in enumerate((VALENCES, STRONGEST)):
        total = total + functional.cross_entropy(
            scores[:, part], labels[:, place], ignore_index=-1, reduction="sum"
        )
    flagged, truth = scores[:, FLAGGED], labels[:, 2:]
    known = truth >= 0
    if known.any():
        total = total + functional.binary_cross_entropy_with_logits(
            flagged[known], truth[known].float(), reduction="sum"
        )
    return total / len(labels)
