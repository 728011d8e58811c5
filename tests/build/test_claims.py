"""Claims compared over documents, from texts to rows: in any order, incrementally, and after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import claims, telling
from kg.store.difference import find_differences
from tests.build.asking import ask, build, write
from tests.cli.desk import run

FIRST = """Envoy warns of a blockade

harbour-post.example
3 June 2026

OSLO - Norwegian Foreign Minister Ragnhild Torvik said on Wednesday that Russia had cut the cable under the gulf.
"The blockade of our ports is an act of piracy against a peaceful country," Torvik told reporters in Oslo.
"""
SECOND = """Piracy, says minister

coast-mail.example
4 June 2026

"The blockade of our ports is an act of piracy against a peaceful country," Norwegian Foreign Minister Ragnhild Torvik said.
Russian envoy Gleb Ostrovin denied that Russia had cut the cable under the gulf.
"""
THIRD = """What the Finns heard

inland-daily.example
5 June 2026

Finnish Defence Minister Aino Kallas recalled that Ragnhild Torvik had said the blockade of our ports was an act of piracy against
a peaceful country. Estonian officials said that Finland had cut its budget.
"""
LATER = """A minister changes her mind

island-times.example
20 June 2026

Norwegian Foreign Minister Ragnhild Torvik said on Saturday that Russia had not cut the cable under the gulf.
"""
TEXTS = {"first.txt": FIRST, "second.txt": SECOND, "third.txt": THIRD, "later.txt": LATER}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", TEXTS)


def test_one_statement_in_three_papers_is_one_utterance_with_its_relay(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    (utterance,) = ask(store, "cascades")
    found = [utterance[column] for column in ("speaker", "reports", "documents", "publishers", "publisher")]
    assert found == ["Ragnhild Torvik", "3", "3", "3", "harbour-post.example"]
    relayed = [(row["original_source"], row["relay"], row["publisher"]) for row in ask(store, "original-source")]
    assert relayed == [
        ("Ragnhild Torvik", "", "coast-mail.example"),
        ("Ragnhild Torvik", "Aino Kallas", "inland-daily.example"),
    ]


def test_who_denies_the_same_contradicts_and_who_takes_it_back_changes_position(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    pairs = [(row["speaker_1"], row["speaker_2"], row["about"]) for row in ask(store, "contradictions")]
    assert pairs == [("Ragnhild Torvik", "Gleb Ostrovin", "Russia")]
    (change,) = ask(store, "position-changes")
    assert [change[column] for column in ("speaker", "earlier", "later")] == ["Ragnhild Torvik", "2026-06-03", "2026-06-20"]
    assert run("validate", "-s", store).exit_code == 0


def test_the_order_of_runs_does_not_matter(tmp_path: Path, texts: Path) -> None:
    together = build(tmp_path / "together", texts)
    one_by_one = build(tmp_path / "one", *(texts / name for name in ("later.txt", "third.txt", "second.txt", "first.txt")))
    assert list(find_differences(together, one_by_one)) == []


def test_a_claim_that_goes_leaves_what_was_there_without_it(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    assert run("remove", str(texts / "second.txt"), "-s", store).exit_code == 0
    without = build(tmp_path / "without", *(texts / name for name in ("first.txt", "third.txt", "later.txt")))
    assert list(find_differences(store, without)) == []


def test_a_changed_text_is_compared_again(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    (texts / "later.txt").write_text(LATER.replace("had not cut", "had cut"), "utf-8")
    build(store, texts)
    assert ask(store, "position-changes") == []
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_a_run_that_was_killed_while_comparing_is_finished_by_the_next(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    store = build(tmp_path / "store", texts / "first.txt")
    with monkeypatch.context() as patch:
        patch.setattr(claims, "describe_wordings", stop)
        assert run("build", texts, "-s", store).exit_code != 0
    assert ask(store, "cascades") == []
    build(store, texts)
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_a_new_way_of_comparing_is_applied_to_what_is_there(tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = build(tmp_path / "store", texts)
    with monkeypatch.context() as patch:
        patch.setattr(telling, "digest_method", lambda *_, **__: "another")
        patch.setattr("kg.resolve.across_claims.compare._PRIOR", -100.0)
        patch.setattr("kg.resolve.across_claims.compare._MOST_OF_ACTORS", -100.0)
        build(store, texts)
    assert ask(store, "contradictions") == []
    build(store, texts)
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []
    assert len(ask(store, "contradictions")) == 1
