"""``tenderproof replay``: judge a bundle again from its record alone, and print what comes out otherwise."""

import json
import sys
from collections import Counter
from pathlib import Path

from tenderproof import wording
from tenderproof.cli.ending import Exit
from tenderproof.seal import replaying
from tenderproof.seal.replaying import Compared, Outturn, Replayed


def run(bundle: Path, auditor_key: Path | None, *, verbose: bool, as_json: bool) -> None:
    """Replay; exit 1 if something comes out otherwise, 2 if nothing does and not all could be judged again, else 0."""
    done = replaying.replay(bundle, auditor_key)
    print(json.dumps(facts(done), ensure_ascii=False) if as_json else "\n".join(_lines(done, verbose=verbose)))
    different, lost = done.of(Outturn.DIFFERENT), done.of(Outturn.NOT_REPLAYABLE)
    sys.exit(Exit.NON_CONFORMANT if different else Exit.INCONCLUSIVE if lost else Exit.CONFORMANT)


def facts(done: Replayed) -> dict[str, object]:
    """What ``replay --json`` prints."""
    return {
        "view": "originals" if done.by_original else "published",
        "checks": _counts(done.checks),
        "clauses": _counts(done.clauses),
        "different": [_told(found) for found in done.of(Outturn.DIFFERENT)],
        "not_replayable": [_told(found) for found in done.of(Outturn.NOT_REPLAYABLE)],
    }


def _counts(compared: tuple[Compared, ...]) -> dict[str, int]:
    return {outturn.value: sum(found.outturn is outturn for found in compared) for outturn in Outturn}


def _told(found: Compared) -> dict[str, str]:
    return {"id": found.id, "was": found.was, "now": found.now, "why": found.why}


def _lines(done: Replayed, *, verbose: bool) -> list[str]:
    language = wording.spoken()

    def say(code: str, **values: object) -> str:
        return wording.sentence("seal", "say", code, {name: str(value) for name, value in values.items()}, language)

    lines = [say("different", **_told(found)) for found in done.of(Outturn.DIFFERENT)]
    lost = done.of(Outturn.NOT_REPLAYABLE)
    if verbose:
        lines += [say("not_replayable", **_told(found)) for found in lost]
    elif lost:
        why = Counter(_reason(found.why) for found in done.checks if found.outturn is Outturn.NOT_REPLAYABLE)
        lines += [say("not_replayable_group", count=count, why=reason) for reason, count in why.most_common()]
        lines.append(say("each_with_verbose"))
    lines.append(say("by_original" if done.by_original else "by_published"))
    lines += [say("replayed_checks", **_counts(done.checks)), say("replayed_clauses", **_counts(done.clauses))]
    return lines


def _reason(why: str) -> str:
    """What is common to many: the sentence without what is particular, which stands in brackets."""
    return why.partition(" (")[0].rstrip(".") + "."
