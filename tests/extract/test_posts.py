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


def test_a_spokesman_of_a_states_body_belongs_to_that_body() -> None:
    mentions, posts = find("The Norwegian coast guard's spokesman, Nils Falk, confirmed it.")
    assert [show_post(post, mentions) for post in posts] == ["Nils Falk | spokesman | Norwegian coast guard"]


def test_a_person_with_the_same_post_twice_has_it_at_both_places() -> None:
    _, posts = find("Polish Prime Minister Anna Kowal spoke. Later Polish Prime Minister Anna Kowal left.")
    assert [post.title for post in posts] == ["prime minister", "prime minister"]


def test_an_energy_minister_is_no_member_of_a_body_called_energy() -> None:
    mentions, posts = find("Israeli Energy Minister Avi Shalem resigned.")
    assert [show_post(post, mentions) for post in posts] == ["Avi Shalem | energy minister | Israeli"]


def show(text: str) -> list[str]:
    mentions, posts = find(text)
    return [show_post(post, mentions) for post in posts]


def test_its_spokesman_holds_office_in_what_the_pronoun_means() -> None:
    assert show("The Kremlin rejected it. Its spokesman, Nils Falk, said so.") == ["Nils Falk | spokesman | Its"]


def test_a_person_is_never_the_organisation_of_his_adviser() -> None:
    assert show("Anna Kowal left. Her adviser, Nils Falk, said so.") == ["Nils Falk | adviser | -"]


def test_a_rank_alone_is_no_post() -> None:
    assert show("Captain Nils Falk waved.") == []


def test_a_rank_belongs_to_the_force_that_another_title_names() -> None:
    found = show("Colonel Nils Falk, a spokesman for the Norwegian army, said so.")
    assert found == ["Nils Falk | colonel | Norwegian army", "Nils Falk | spokesman | Norwegian army"]


def test_a_rank_is_not_of_the_council_that_an_officer_sits_in() -> None:
    assert show("General Nils Falk, a member of the ruling council, said so.") == ["Nils Falk | member | ruling council"]


def test_a_spokesperson_for_a_body_belongs_to_it() -> None:
    assert show("Liv Berg, a spokesperson for the commission, declined.") == ["Liv Berg | spokesperson | commission"]


def test_a_ministry_spokeswoman_belongs_to_the_ministry() -> None:
    assert show("On Friday ministry spokeswoman Liv Berg declined.") == ["Liv Berg | spokeswoman | ministry"]


def test_the_city_in_front_of_an_occupation_is_no_organisation() -> None:
    assert show("Anna Kowal, a London broker, agreed.") == ["Anna Kowal | broker | -"]


def test_a_region_in_front_of_an_analyst_is_not_whom_they_work_for() -> None:
    assert show("Anna Kowal, a Gulf analyst at the Halden Forum, agreed.") == ["Anna Kowal | analyst | Halden Forum"]


def test_of_an_institute_is_an_affiliation() -> None:
    found = show("Mirela Antal of the Danube Institute for Strategy disagreed.")
    assert found == ["Mirela Antal | - | Danube Institute for Strategy"]


def test_the_head_of_a_states_delegation_says_what_part_they_head() -> None:
    assert show("Anna Kowal, the head of Ukraine's delegation, left.") == ["Anna Kowal | head of delegation | Ukraine"]


def test_an_ambassador_to_an_agency_is_of_the_state_that_sent_them() -> None:
    found = show("Iran's ambassador to the agency, Shirin Kamrani, denied it.")
    assert found == ["Shirin Kamrani | ambassador to the agency | Iran"]


def test_who_spent_time_as_something_held_it_before() -> None:
    (post,) = find("Anna Kowal spent two years as deputy head of the Norwegian mediation team.")[1]
    assert (post.title, post.is_former) == ("deputy head of mediation team", True)
