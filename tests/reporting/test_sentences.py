"""Every code that the engine can give has a sentence, in both languages."""

import ast
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from tenderproof import doctor, run, selection, verdict, wording
from tenderproof.reporting import sentences
from tenderproof.result import Because
from tenderproof.vocabulary import Blame, Decision, State, Verdict, Way, WrongInput
from tenderproof.wording import LANGUAGES, Language

from . import results


def test_both_languages_know_the_same_words() -> None:
    zh, en = ({(s, key) for s, keys in sentences.words(language).items() for key in keys} for language in LANGUAGES)
    assert zh ^ en == set()


def test_both_languages_ask_for_the_same_values() -> None:
    zh, en = (
        {(s, key): _fields(text) for s, keys in sentences.words(language).items() for key, text in keys.items()} for language in LANGUAGES
    )
    assert {key: (zh[key], en[key]) for key in zh if zh[key] != en[key]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_verdict_has_a_sentence(language: Language) -> None:
    given = {*_arguments(verdict, "Reason", 0), *_returned(selection, "_reason_against")}
    assert len(given) >= 15
    assert given - {""} - set(sentences.words(language)["reason"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_the_engine_gives_for_a_check_has_a_sentence(language: Language) -> None:
    given = {*_arguments(run, "_lost", 1), *_fatal()}
    assert {"worker_died", "never_begun", "tls_broken", "unreachable", "not_a_sandbox"} <= given
    assert given - set(sentences.words(language)["outcome"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_the_doctor_has_a_sentence(language: Language) -> None:
    given = {*_arguments(doctor, "Finding", 0), *_fatal()}
    assert {"reachable", "answers_html"} <= given
    assert given - set(wording.catalogue("cli", language)["finding"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("verdict", Verdict),
        ("state", State),
        ("blame", Blame),
        ("turn", Blame),
        ("decision", Decision),
        ("decision_said", Decision),
        ("way", Way),
    ],
)
def test_every_word_of_the_vocabulary_is_spoken(language: Language, section: str, codes: type[Verdict]) -> None:
    assert {code.value for code in codes} - set(sentences.words(language)[section]) == set()


def test_a_code_within_a_reason_is_spoken_too() -> None:
    because = Because(code="check_errored", values={"check": "function/bidding::test_x", "what": "worker_died"})
    assert sentences.because(because, "en") == (
        "Check function/bidding::test_x came to no result: the testing process died while this check ran"
    )
    ways = Because(code="checks_passed", values={"ways": "record, sandbox"})
    assert "记录, 沙箱" in sentences.because(ways, "zh")


def test_what_a_platform_says_is_never_taken_for_a_code() -> None:
    because = Because(code="check_failed", values={"check": "x", "what": "broken"})
    assert sentences.because(because, "zh").endswith("broken")
    assert sentences.seen(results.check(state=State.FAILED, reason="broken"), "zh") == "broken"


def test_a_check_that_never_came_to_say_anything_has_our_sentence() -> None:
    lost = results.check(state=State.ERRORED, reason="unreachable", where="")
    assert sentences.seen(lost, "zh") == "检测没有开始：平台无应答"


def test_values_are_never_read_as_a_sentence_with_values_of_its_own() -> None:
    because = Because(code="check_failed", values={"check": "{what}", "what": "{check.__class__} {0}"})
    assert sentences.because(because, "en") == "Check {what} failed: {check.__class__} {0}"


def _fields(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def _arguments(module: ModuleType, function: str, position: int) -> Iterator[str]:
    """The strings that the module's source gives to a function at one position."""
    for call in _calls(module, function):
        argument = call.args[position]
        if isinstance(argument, ast.Constant):
            yield str(argument.value)


def _fatal() -> Iterator[str]:
    """The codes of findings that forbid any probe; one that is chosen between two stands in a conditional beside its name."""
    for call in _calls(doctor, "Finding"):
        if not (isinstance(call.args[1], ast.Constant) and call.args[1].value == "fatal"):
            continue
        if isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)
    for node in ast.walk(ast.parse(inspect.getsource(doctor))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.IfExp) and ast.unparse(node.targets[0]) == "code":
            yield from (str(branch.value) for branch in (node.value.body, node.value.orelse) if isinstance(branch, ast.Constant))


def _calls(module: ModuleType, function: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
            yield node


def _returned(module: ModuleType, function: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(getattr(module, function)))):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def test_a_long_name_may_break_between_its_parts_and_reads_as_before() -> None:
    name = "function/bidding::test_a_bid_that_arrives_after_the_deadline_is_refused"
    assert sentences.foldable(name) == "function/bidding::<wbr>test_a_bid_that_<wbr>arrives_after_the_<wbr>deadline_is_refused"
    assert sentences.foldable("<b> & test_a_bid") == "&lt;b&gt; &amp; test_a_bid"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_names_a_check_has_a_cause_that_names_none(language: Language) -> None:
    said = sentences.words(language)
    assert said["cause"].keys() == {code for code, sentence in said["reason"].items() if "{check}" in sentence}
    assert not any("{check}" in sentence for sentence in said["cause"].values())


@pytest.mark.parametrize("speak", [sentences.because, sentences.cause, sentences.fault])
def test_a_reason_of_another_version_is_a_sentence_and_no_traceback(speak: Callable[[Because, Language], str]) -> None:
    with pytest.raises(WrongInput, match=r"'of_tomorrow'.*with the version that wrote it"):
        speak(Because(code="of_tomorrow", values={}), "en")
