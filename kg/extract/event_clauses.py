"""Who does what to whom by grammar: subjects and objects of a verb, through control, relatives and coordination."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.token_table import TokenTable

_OBJECTS = frozenset({"dobj", "obj"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
#: Verbs whose object, not subject, does the deed of their infinitive ("ordered troops to fire").
_OBJECT_CONTROL_VERBS = (
    "call appeal plead "
    "ask urge order tell allow permit help force compel persuade invite want press push pressure instruct encourage enable "
    "direct let make get send authorize authorise command appoint require request warn advise expect train beg lead prompt "
    "deploy"
)
_OBJECT_CONTROL = frozenset(_OBJECT_CONTROL_VERBS.split())
#: Verbs whose object does the deed that a preposition governs ("accused the army of killing").
_OBJECT_BLAMED = frozenset(
    {
        "accuse",
        "suspect",
        "convict",
        "charge",
        "blame",
        "warn",
        "stop",
        "prevent",
        "bar",
        "ban",
        "deter",
        "dissuade",
        "criticise",
        "criticize",
        "condemn",
        "denounce",
        "discourage",
        "keep",
        "acquit",
        "prohibit",
        "thank",
        "praise",
        "fault",
    }
)
_MESSAGES = frozenset(
    {"statement", "report", "letter", "message", "note", "communique", "decree", "order", "tweet", "post", "memo"}
)
#: Longer chains of governors than this are a sign of a broken parse.
_DEEPEST = 8


def find_children(table: TokenTable, index: int, *deps: str) -> Iterator[int]:
    """Yield the children of a token that have one of the dependency labels, in order of text."""
    return (child for child in table.children[index] if table.deps[child] in deps)


def expand_conjuncts(table: TokenTable, index: int) -> Iterator[int]:
    """Yield a token and what is coordinated with it ("A, B and C"), in order of text."""
    yield index
    for child in find_children(table, index, "conj"):
        yield from expand_conjuncts(table, child)


def is_passive(table: TokenTable, verb: int) -> bool:
    """Tell whether a verb's surface subject undergoes the deed ("was arrested", "sanctions imposed on")."""
    if any(table.deps[child] in {"auxpass", "nsubjpass"} for child in table.children[verb]):
        return True
    if table.tags[verb] != "VBN" or table.has_child(verb, "dobj", "nsubj", "aux"):
        return False
    if table.deps[verb] in {"acl", "advcl"}:
        return True
    return table.deps[verb] == "conj" and is_passive(table, table.heads[verb])


def find_objects(table: TokenTable, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of what a verb acts on: direct object, passive subject, antecedent of its relative clause."""
    if depth > _DEEPEST:
        return []
    if is_passive(table, verb):
        return _surface_subjects(table, verb, depth)
    found = [o for child in find_children(table, verb, *_OBJECTS) for o in _without_relative(table, verb, child)]
    if not found and table.deps[verb] == "relcl" and _is_gapped(table, verb):
        found = [table.heads[verb]]
    if not found:
        # "arrested and deported five men": the object hangs on the last verb.
        for child in find_children(table, verb, "conj"):
            if child == verb + 2 and table.kinds[child] == "VERB":
                return find_objects(table, child, depth + 1)
    return [one for head in found for one in expand_conjuncts(table, head)]


def is_each_other(table: TokenTable, index: int) -> bool:
    """Tell whether all who act are also acted on: "each [other]", "one [another]", "each side blamed the [other]"."""
    if table.lowers[index] == "another":
        return index > 0 and table.lowers[index - 1] == "one"
    if table.lowers[index] != "other" or index == 0:
        return False
    if table.lowers[index - 1] == "each":
        return True
    before = index - 1
    while table.lowers[index - 1] == "the" and before >= 0 and table.sentences[before] == table.sentences[index]:
        if table.lowers[before] in {"each", "either"}:
            return True
        before -= 1
    return False


def find_antecedents(table: TokenTable, verb: int) -> list[int]:
    """Return the noun whose relative clause a verb heads, with what that noun stands beside; empty outside such a clause."""
    found: list[int] = []
    if table.deps[verb] == "relcl":
        found.append(table.heads[verb])
        while table.deps[found[-1]] == "appos" and len(found) < _DEEPEST:
            found.append(table.heads[found[-1]])
    return found


def find_doers(table: TokenTable, noun: int) -> list[int]:
    """Return the subjects of the verb whose object, or remark on which, a noun is: "[Oslo] signed it, a step that ..."."""
    # A remark stands behind the clause, and the parser hangs it on whatever noun is last: "left the talks in Oslo, a step".
    is_remark = table.deps[noun] == "appos"
    for _ in range(_DEEPEST):
        dep, head = table.deps[noun], table.heads[noun]
        if head == noun:
            return []
        if table.kinds[head] in {"VERB", "AUX"}:
            is_done = dep in {*_OBJECTS, "npadvmod", "appos", "dep", "attr"} or (is_remark and dep == "prep")
            return find_subjects(table, head) if is_done else []
        if dep not in {"appos", "conj", "pobj", "prep"}:
            return []
        noun = head
    return []


def find_subjects(table: TokenTable, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of those who do a verb's deed, coordinated ones too; empty where the text does not say."""
    if is_passive(table, verb):
        agents = [p for child in find_children(table, verb, "agent") for p in find_children(table, child, "pobj")]
        if not agents and table.deps[verb] == "conj" and depth <= _DEEPEST:
            return find_subjects(table, table.heads[verb], depth + 1)
        return [one for head in agents for one in expand_conjuncts(table, head)]
    return _surface_subjects(table, verb, depth)


def _surface_subjects(table: TokenTable, verb: int, depth: int) -> list[int]:
    if depth > _DEEPEST:
        return []
    own = [s for child in find_children(table, verb, "nsubj", "nsubjpass") for s in _without_relative(table, verb, child)]
    if own:
        return [one for head in own for one in expand_conjuncts(table, head)]
    dep, head = table.deps[verb], table.heads[verb]
    if head == verb:
        return []
    if dep in {"acl", "relcl"}:
        return _noun_controllers(table, verb, head, depth)
    if dep in {"pcomp", "prep"}:
        head = table.heads[head]
        if table.kinds[head] in _NOUNS:
            return _noun_controllers(table, verb, head, depth)
    if dep in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "parataxis"}:
        return _governor_subjects(table, head, dep, depth)
    return []


def _governor_subjects(table: TokenTable, head: int, dep: str, depth: int) -> list[int]:
    if table.kinds[head] in _NOUNS and table.kinds[head] != "PROPN" and dep == "advcl":
        return []
    if not is_passive(table, head) and (
        (dep == "xcomp" and table.lemmas[head] in _OBJECT_CONTROL) or (dep == "pcomp" and table.lemmas[head] in _OBJECT_BLAMED)
    ):
        objects = find_objects(table, head, depth + 1) or _called_on(table, head)
        if objects:
            return objects
    # The surface subject of a passive governor: "troops were ordered to fire".
    return _surface_subjects(table, head, depth + 1)


def _called_on(table: TokenTable, verb: int) -> list[int]:
    """Return those who are asked: "called on [Oslo] to act", "appealed to [Oslo] to act"."""
    asked = (child for child in find_children(table, verb, "prep") if table.lowers[child] in {"on", "upon", "to", "with"})
    return [one for child in asked for p in find_children(table, child, "pobj") for one in expand_conjuncts(table, p)]


def _noun_controllers(table: TokenTable, verb: int, noun: int, depth: int) -> list[int]:
    """Return who does the deed of a verb that hangs on a noun: the noun itself, or whose plan or promise it is."""
    if table.lemmas[noun] in _MESSAGES and table.deps[verb] == "acl" and table.tags[verb] == "VBG":
        # "issued a statement urging": the sender urges.
        senders = find_subjects(table, table.heads[noun], depth + 1) if table.deps[noun] in _OBJECTS and depth <= _DEEPEST else []
        return senders or list(find_children(table, noun, "poss")) or [noun]
    is_infinitive = any(table.lowers[child] == "to" for child in find_children(table, verb, "aux"))
    if not is_infinitive and table.deps[verb] != "pcomp":
        return list(expand_conjuncts(table, noun)) if table.deps[verb] == "acl" else [noun]
    owners = [one for child in find_children(table, noun, "poss") for one in expand_conjuncts(table, child)]
    if owners:
        return owners
    if table.deps[noun] in _OBJECTS and depth <= _DEEPEST:
        return find_subjects(table, table.heads[noun], depth + 1)
    return []


def _without_relative(table: TokenTable, verb: int, child: int) -> list[int]:
    """Replace a relative pronoun by its antecedent."""
    if table.lowers[child] not in _RELATIVES or table.tags[child] not in {"WDT", "WP", "WP$"}:
        return [child]
    clause = verb
    for _ in range(_DEEPEST):
        if table.deps[clause] == "relcl":
            return [table.heads[clause]]
        if table.deps[clause] not in {"conj", "xcomp", "ccomp"}:
            break
        clause = table.heads[clause]
    return []


def _is_gapped(table: TokenTable, verb: int) -> bool:
    """Tell whether a relative clause without pronoun leaves its object open ("the deal Russia signed")."""
    subjects = list(find_children(table, verb, "nsubj"))
    return bool(subjects) and table.lowers[subjects[0]] not in _RELATIVES and not table.has_child(verb, "prep", "ccomp", "xcomp")
