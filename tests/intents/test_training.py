"""Training: it learns, goes on after a kill, keeps what is held out away, and merges as learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save

from intents.adapter import ADAPTER_FILE, MANIFEST_FILE, checked_adapter
from intents.affect import weights_folder
from intents.encoder import TorchEncoder, backbone_folder
from intents.errors import IntentsError, WeightsError
from intents.pooling import PooledBackbone
from intents.training.corpora import own_examples
from intents.training.low_rank import UP, add_low_rank, low_rank_tensors
from intents.training.needs import needs_rows
from intents.training.sources import is_held_out, own_pairs, own_rows, own_sets
from intents.training.tasks import IntentTask, PlainTask, Task
from intents.training.tune import Plan, tune

STEPS = Plan(steps=4, rank=4, rate=1e-2, share=1.0)


def _tasks(width: int, device: torch.device) -> list[Task]:
    rows = [row for row in own_rows() if not row["held_out"]][:900]
    rows += [row for row in own_rows() if row.get("intent")][:40]
    shop = next(one for one in own_sets(own_rows()) if one.name == "our shop")
    return [IntentTask(shop, width, device), PlainTask(own_pairs(rows), 1.0)]


def _tuned(plan: Plan, state: Path | None = None) -> dict[str, torch.Tensor]:
    return tune(backbone_folder(), _tasks, plan, state, say=lambda _: None)


def test_a_run_that_was_stopped_ends_like_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after two of four steps and started again, a run gives the same adapter."""
    monkeypatch.setattr("intents.training.tune.EVERY", 2)
    whole = _tuned(STEPS)
    state = tmp_path / "state.safetensors"

    def killed(sentence: str) -> None:
        if sentence.startswith("step 4"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tune(backbone_folder(), _tasks, STEPS, state, say=killed)
    again = _tuned(STEPS, state)
    assert whole.keys() == again.keys()
    for name, tensor in whole.items():
        assert torch.allclose(tensor.float(), again[name].float(), atol=2e-3), name
    assert any(float(one.abs().max()) > 0 for name, one in again.items() if name.endswith(UP))


def test_a_state_of_another_plan_is_left_alone(tmp_path: Path) -> None:
    """A state kept for other steps does not shorten this run."""
    state = tmp_path / "state.safetensors"
    _tuned(Plan(steps=2, rank=4, rate=1e-2), state)
    said: list[str] = []
    tune(backbone_folder(), _tasks, Plan(steps=1, rank=4, rate=1e-2), state, said.append)
    assert not any("Going on" in one for one in said)


def test_merging_gives_what_was_learned() -> None:
    """The backbone with an adapter merged gives the vectors of the backbone that learned it."""
    folder = backbone_folder()
    torch.manual_seed(1)
    learning = PooledBackbone.from_folder(folder)
    for one in add_low_rank(learning.backbone, 4):
        one.data += 0.02 * torch.randn_like(one)
    adapter = save(low_rank_tensors(learning.backbone))
    merged = PooledBackbone.from_folder(folder, adapter)
    ids, mask = torch.tensor([[101, 2073, 2003, 2026, 2344, 102]]), torch.ones(1, 6).long()
    with torch.inference_mode():
        expected, found = learning.eval()(ids, mask)[0], merged(ids, mask)[0]
        plain = PooledBackbone.from_folder(folder)(ids, mask)[0]
    assert torch.allclose(expected, found, atol=2e-3)
    assert not torch.allclose(plain, found, atol=2e-3)


def test_half_a_share_changes_half_as_much() -> None:
    """A share scales the change of every layer."""
    backbone = PooledBackbone.from_folder(backbone_folder()).backbone
    for one in add_low_rank(backbone, 2):
        one.data += 0.1
    whole, half = low_rank_tensors(backbone), low_rank_tensors(backbone, 0.5)
    name = next(one for one in whole if one.endswith(UP))
    assert torch.allclose(half[name].float() * 2, whole[name].float(), atol=1e-2)


def test_a_foreign_adapter_is_refused() -> None:
    """An adapter whose shapes are another encoder's stops the load with a sentence."""
    name = "encoder.layer.0.attention.self.query"
    foreign = save({f"{name}.up": torch.ones(8, 2), f"{name}.down": torch.ones(2, 8)})
    with pytest.raises(WeightsError, match="does not fit"):
        PooledBackbone.from_folder(backbone_folder(), foreign)


@pytest.mark.parametrize("place", [9, -1])
def test_a_flipped_byte_in_the_adapter_is_refused(tmp_path: Path, place: int) -> None:
    """The adapter that ships is read only as it was recorded."""
    for name in (ADAPTER_FILE, MANIFEST_FILE):
        (tmp_path / name).write_bytes((weights_folder() / name).read_bytes())
    content = bytearray((tmp_path / ADAPTER_FILE).read_bytes())
    content[place] ^= 1
    (tmp_path / ADAPTER_FILE).write_bytes(content)
    with pytest.raises(WeightsError, match="SHA-256"):
        checked_adapter(tmp_path)


def test_the_adapter_that_ships_changes_the_encoder(torch_encoder: TorchEncoder) -> None:
    """With the adapter, vectors and fingerprint are others than the plain backbone's."""
    plain = TorchEncoder(backbone_folder())
    assert plain.fingerprint != torch_encoder.fingerprint
    text = ["its 4 days now"]
    assert not np.allclose(plain.encode(text).last, torch_encoder.encode(text).last, atol=0.05)


def test_own_messages_are_many_and_a_seventh_is_held_out() -> None:
    """There are over three thousand labelled for feelings, each text once."""
    rows = own_rows()
    assert len(own_examples(rows)) > 3_000
    assert len({row["text"] for row in rows}) >= 0.99 * len(rows)
    held = [row for row in rows if row["held_out"]]
    assert 0.1 < len(held) / len(rows) < 0.19
    assert all(is_held_out(row["text"]) for row in held)


def test_nothing_that_measures_is_trained_on() -> None:
    """No message of bench/data is among our training messages."""
    bench = Path(__file__).parents[2] / "bench" / "data"
    measured = {line.split('"text": "', 1)[1][:40] for line in _lines(bench)}
    every = own_rows() + needs_rows()
    trained = {row["text"][:40] for row in every if len(row["text"]) > 40}
    assert len(measured) > 1_000
    assert not {one for one in measured if len(one) == 40} & trained


def _lines(folder: Path) -> list[str]:
    files = [folder / "messages.jsonl", folder / "hard.jsonl", folder / "bikes" / "messages.jsonl"]
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    """A line that is no message is named with its file and number."""
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "mine.jsonl").write_text('{"text": "hi"}\nnonsense\n')
    with pytest.raises(IntentsError, match=r"mine\.jsonl, line 2"):
        own_rows(tmp_path)
