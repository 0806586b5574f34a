"""Small platforms in one process: one that keeps the law's model, and some that do not; and lives to live on them."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tenderproof import content
from tenderproof.spec.lifecycle import STAGE, Expected, Lifecycle, Situation, load_lifecycle
from tenderproof.testing import Answer
from tenderproof.testing.lifecycle.walking import Extent, Walked, walked

ENOUGH = Extent(20, 60, 600)
STANDING = datetime(2026, 3, 2, tzinfo=UTC)


def _said(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


SHOP: dict[str, Any] = {
    "id": "shop",
    "title": {"zh": "店", "en": "A shop"},
    "covers": {"zh": "店", "en": "a shop"},
    "begins": "shut",
    "stages": {
        "shut": {"title": {"zh": "关门", "en": "shut"}, "when": {"zh": "开门之前", "en": "before the shop is open"}},
        "open": {"title": {"zh": "营业", "en": "open"}, "when": {"zh": "营业中", "en": "while the shop is open"}},
        "over": {"title": {"zh": "打烊", "en": "over"}, "when": {"zh": "打烊后", "en": "after closing"}},
    },
    "quantities": {"goods": {"title": {"zh": "货", "en": "goods"}, "most": "shelf"}},
    "effects": {"stage": {"zh": "阶段", "en": "the stage"}, "goods": {"zh": "货物", "en": "the goods"}},
    "acts": {
        "open": {"actor": "tenderee", "title": {"zh": "店主开门", "en": "The owner opens"}, "effects": ["stage"]},
        "bring": {"actor": "bidder", "title": {"zh": "有人送货", "en": "Somebody brings goods"}, "effects": ["goods"]},
        "close": {"actor": "tenderee", "title": {"zh": "店主打烊", "en": "The owner closes"}, "effects": ["stage"]},
        "tick": {"title": {"zh": "时间过去", "en": "Time passes"}},
    },
    "rules": [
        {"act": "open", "in": ["shut"], "answer": "accepted", "to": "open"},
        {"act": "bring", "in": ["open"], "where": {"goods": {"below": "shelf"}}, "answer": "accepted", "granted": True,
         "adds": {"goods": 1},
         "clauses": ["S-1"], "ground": _said("可送", "Goods come")},
        {"act": "bring", "in": ["shut", "over"], "answer": "refused", "clauses": ["S-2"], "ground": _said("关门不收", "Nothing is taken")},
        {"act": "close", "in": ["open"], "where": {"goods": {"below": "shelf"}}, "answer": "refused", "clauses": ["S-3"],
         "ground": _said("货未齐", "The shelf is not full")},
        {"act": "close", "in": ["open"], "answer": "accepted", "to": "over"},
        {"act": "open", "in": ["over"], "answer": "either", "keeps": ["goods"], "clauses": ["S-4"], "ground": _said("不变", "Goods stay")},
        {"act": "tick", "in": ["open", "over"], "answer": "accepted"},
    ],
}  # fmt: skip


def shop(folder: Path, shelf: int = 2, **changes: Any) -> Lifecycle:
    """The life of a shop with a shelf of this size, or another that is changed in some parts."""
    (folder / "lifecycle").mkdir(exist_ok=True)
    (folder / "schemas").mkdir(exist_ok=True)
    schema = "schemas/lifecycle.schema.json"
    (folder / schema).write_text((content.specs_dir() / schema).read_text("utf-8"), "utf-8")
    (folder / "lifecycle/shop.yaml").write_text(json.dumps({**SHOP, **changes}, ensure_ascii=False, indent=1), "utf-8")
    return load_lifecycle("shop", folder, {"shelf": shelf}.__getitem__)


class Honest:
    """Keeps the model to the letter. Effects are counted: what was done so often looks otherwise than before."""

    def __init__(self, model: Lifecycle, begun: list["Honest"] | None = None) -> None:
        self.model, self.here, self.done = model, model.beginning, Counter[str]()
        self.acts: list[str] = []
        if begun is not None:
            begun.append(self)

    def perform(self, act: str) -> Answer[Any]:
        self.acts.append(act)
        rule = self.model.rule(self.here, act)
        if rule is None or rule.expected is not Expected.ACCEPTED:
            return self.refuse(act)
        return self.accept(act, rule.after(self.here))

    def read(self, effect: str) -> Any:
        return self.here.stage if effect == STAGE else self.done[effect]

    def refuse(self, act: str) -> Answer[Any]:
        return Answer(act, None, "no")

    def accept(self, act: str, there: Situation) -> Answer[Any]:
        self.here = there
        self.done.update(self.model.acts[act].effects)
        return Answer(act)


class Lying(Honest):
    """Does as ``lie`` says about an act where it says anything; else it keeps the model."""

    def __init__(self, model: Lifecycle, lie: Callable[["Lying", str], Answer[Any] | None]) -> None:
        super().__init__(model)
        self.lie = lie

    def perform(self, act: str) -> Answer[Any]:
        lied = self.lie(self, act)
        if lied is None:
            return super().perform(act)
        self.acts.append(act)
        return lied


def walk(
    model: Lifecycle, begin: Callable[[], Honest], extent: Extent = ENOUGH, seed: int = 7, now: Callable[[], datetime] = lambda: STANDING
) -> Walked:
    """Walk lives on fresh platforms of this kind."""

    def begun(turns: Sequence[int]) -> Honest:
        del turns
        return begin()

    return walked(model, begun, 1, extent, seed, now)
