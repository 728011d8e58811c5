"""What a post records beside holder, office and organisation."""

from __future__ import annotations

from tests.extract.mention_support import find, show_post


def test_the_words_of_a_post_reach_from_affiliation_to_name() -> None:
    _, posts = find("On Monday Latvian Defence Minister Juris Kalnins arrived.")
    assert [post.text for post in posts] == ["Latvian Defence Minister Juris Kalnins"]


def test_the_words_of_a_post_behind_the_name_reach_to_the_organisation() -> None:
    _, posts = find("Ola Berg, head of the African Union, arrived.")
    assert [post.text for post in posts] == ["Ola Berg, head of the African Union"]


def test_posts_count_in_order_of_their_holders() -> None:
    mentions, posts = find("NATO chief Pieter van Dalen met Polish Prime Minister Anna Kowal and French envoy Luc Perrin.")
    assert [(post.id, show_post(post, mentions)) for post in posts] == [
        ("r1", "Pieter van Dalen | chief | NATO"),
        ("r2", "Anna Kowal | prime minister | Polish"),
        ("r3", "Luc Perrin | envoy | French"),
    ]


def test_a_text_without_persons_has_no_posts() -> None:
    assert find("The ministry of trade closed.")[1] == ()


def test_an_appointment_that_may_come_is_no_post() -> None:
    assert find("Anna Weber could be appointed finance minister of Germany.")[1] == ()


def test_an_appointment_under_a_condition_is_no_post() -> None:
    assert find("If Anna Weber is appointed finance minister of Germany, markets will fall.")[1] == ()


def test_its_chief_holds_office_in_the_organisation_named_before() -> None:
    mentions, posts = find("NATO said that its chief, Pieter van Dalen, would travel.")
    assert [show_post(post, mentions) for post in posts] == ["Pieter van Dalen | chief | NATO"]


def test_a_spokesman_of_a_states_body_belongs_to_the_state() -> None:
    mentions, posts = find("The Norwegian coast guard's spokesman, Nils Falk, confirmed it.")
    assert [show_post(post, mentions) for post in posts] == ["Nils Falk | spokesman | Norwegian"]


def test_a_person_with_the_same_post_twice_has_it_at_both_places() -> None:
    _, posts = find("Polish Prime Minister Anna Kowal spoke. Later Polish Prime Minister Anna Kowal left.")
    assert [post.title for post in posts] == ["prime minister", "prime minister"]


def test_an_energy_minister_is_no_member_of_a_body_called_energy() -> None:
    mentions, posts = find("Israeli Energy Minister Avi Shalem resigned.")
    assert [show_post(post, mentions) for post in posts] == ["Avi Shalem | energy minister | Israeli"]
