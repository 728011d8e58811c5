"""Every error that this package raises on purpose, in one tree.

The message of a `KgError` is one line: what is wrong, where, and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of the tree; `exit_code` is what the command line ends with."""

    exit_code = 2


class InputMissingError(KgError):
    """A file, folder or glob that was named does not exist or matches nothing."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path!r}: no such file, folder or match; check the name")
        self.path = path


class DocumentRefusedError(KgError):
    """A document cannot be read or annotated; others go on.

    Attributes:
        path: the file, as the person named it.
        line: 1-based line (or record) in that file, None where it concerns the whole file.
    """

    exit_code = 5

    def __init__(self, path: str, problem: str, line: int | None = None) -> None:
        where = f"{path!r}" if line is None else f"{path!r} line {line}"
        super().__init__(f"{where}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class SpanMismatchError(KgError):
    """A span does not hold the text that was recorded for it: a bug, which stops that document."""

    exit_code = 5

    def __init__(self, identifier: str, begin: int, end: int, expected: str, found: str) -> None:
        super().__init__(
            f"{identifier} [{begin}, {end}): recorded {expected[:60]!r}, text has {found[:60]!r}; please report this"
        )
        self.identifier = identifier
        self.begin = begin
        self.end = end


class ResourceInvalidError(KgError):
    """A file of the ontology, a lexicon or the registry is malformed."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


class SettingInvalidError(KgError):
    """A setting (environment, kg.toml, option) has a value that cannot be used."""


class StoreMissingError(KgError):
    """There is no store at the path."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path!r}: no store here; run `kg build INPUT -s {path}` first")
        self.path = path


class StoreLockedError(KgError):
    """Another process writes to the store."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(f"{path!r}: {holder} is writing to this store; wait for it or stop it")
        self.path = path


class StoreInvalidError(KgError):
    """The folder holds no store that can be opened: other files, or a damaged one."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path!r}: {problem}")
        self.path = path


class StoreFullError(KgError):
    """The disk of a store, or of the work of a cluster, is full: what was written before is kept, and nothing can be added."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path!r}: the disk is full ({problem}); free space, and the same command goes on")
        self.path = path


class EngineFailedError(KgError):
    """A cluster that converts documents cannot be used, or was lost."""

    def __init__(self, engine: str, problem: str) -> None:
        super().__init__(f"{engine!r}: {problem}")
        self.engine = engine


class RemoteStoreError(KgError):
    """An endpoint cannot be reached, or does not do what is asked of it."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url!r}: {problem}")
        self.url = url


class BackupInvalidError(KgError):
    """A file is no backup of a store, or is damaged."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path!r}: {problem}")
        self.path = path


class QueryMissingError(KgError):
    """No named query or file has this name."""


class QueryHeaderError(KgError):
    """A `.rq` file's `#+` header is missing or malformed."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


class QuerySyntaxError(KgError):
    """The SPARQL text cannot be parsed or is not allowed (update, SERVICE, LOAD)."""

    exit_code = 3


class QueryTimeoutError(KgError):
    """The query ran past its time limit and was ended."""

    exit_code = 4


class ResultTooLargeError(KgError):
    """A result has more rows or bytes than a server answers with; `limit` says how many that are."""

    exit_code = 4

    def __init__(self, limit: str) -> None:
        super().__init__(f"the result has more than {limit}; narrow the query, add LIMIT, or use `kg query`")
        self.limit = limit


class ServerBusyError(KgError):
    """More queries wait for their turn than a server lets wait, or one has waited too long."""

    exit_code = 4

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"too many queries wait for their turn; try again in {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds


class ParameterInvalidError(KgError):
    """A parameter is unknown to the query or cannot be read as its type."""


class ActorAmbiguousError(KgError):
    """A name fits several actors; `candidates` holds (label, IRI) pairs, sorted."""

    def __init__(self, name: str, candidates: tuple[tuple[str, str], ...]) -> None:
        listed = "; ".join(f"{label} <{iri}>" for label, iri in candidates)
        super().__init__(f"{name!r} fits several actors: {listed}; give one of these IRIs")
        self.name = name
        self.candidates = candidates


class ActorMissingError(KgError):
    """No actor in the store has this name, alias, QID or IRI."""

    exit_code = 1

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r}: no such actor; `kg actors` lists them")
        self.name = name


class JudgementInvalidError(KgError):
    """What a person decides of two actors cannot be carried out, or the file of such decisions is malformed."""


class ClaimMissingError(KgError):
    """No claim, event or role in the store has this IRI."""

    exit_code = 1


class ExportFormatError(KgError):
    """The ending of the output file names no format that can be written."""


class PlotEmptyError(KgError):
    """Nothing that could be drawn passes the filters."""

    exit_code = 1


class PackageMissingError(KgError):
    """Something was asked for that a package does which is installed on demand only."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; install sayso[{extra}]")
        self.package = package
        self.extra = extra


class OutputUnwritableError(KgError):
    """A file cannot be written where it was asked for."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path!r}: cannot be written ({problem}); name another file")
        self.path = path


class RegisterInvalidError(KgError):
    """A file is no register of actors that can be imported, or ends too early; the index stays as it was."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path!r}: {problem}")
        self.path = path


class MeasureUnsettledError(KgError):
    """An iterative measure of a network did not converge."""


class DocumentMissingError(KgError):
    """The store has no document with this IRI or path."""

    exit_code = 1

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r}: no such document in the store; `kg stats` lists them")
        self.name = name
