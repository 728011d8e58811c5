"""The API: its description is OpenAPI 3.1, and its answers are what it describes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from kg.serve.explorer.links import make_link
from kg.serve.openapi import describe_api
from kg.serve.views import VIEWS
from tests.serve.explorer.conftest import ACTOR, DOCUMENT, Explorer, desk, desk_path

__all__ = ["desk", "desk_path"]

DESCRIPTION = describe_api()
SCHEMAS = DESCRIPTION["components"]["schemas"]
ADDRESSES = (
    "/api/overview",
    "/api/search?q=Putin",
    "/api/search?q=who%20claims%20that%20Putin%20is%20stalling",
    "/api/search?q=whom%20did%20Russia%20attack%3F",
    "/api/actors",
    make_link("/api/actor", iri=f"{ACTOR}putin"),
    make_link("/api/actor", iri=f"{ACTOR}anna"),
    "/api/claims?frame=stalling",
    make_link("/api/claim", iri=f"{DOCUMENT}wire#a1"),
    make_link("/api/claim", iri=f"{DOCUMENT}alpha#a1"),
    "/api/events",
    make_link("/api/event", iri=f"{DOCUMENT}wire#e1"),
    "/api/frames",
    "/api/frame?name=stalling",
    "/api/theses",
    "/api/documents",
    make_link("/api/document", iri=f"{DOCUMENT}wire"),
    "/api/timeline",
    "/api/network",
    "/api/queries",
    "/api/queries/who-claims?about=Putin",
    "/api/queries/claims-by",
    "/api/claims?page=0",
)


def find_faults(value: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """Return where a value is not what a schema says, for the keywords that the description uses."""
    unknown = set(schema) - {
        "$ref", "type", "properties", "required", "items", "anyOf", "enum", "const", "additionalProperties", "title",
        "description", "default", "format",
    }  # fmt: skip
    assert not unknown, unknown
    if "$ref" in schema:
        return find_faults(value, SCHEMAS[schema["$ref"].rpartition("/")[2]], place)
    if "anyOf" in schema:
        return (
            []
            if any(not find_faults(value, one, place) for one in schema["anyOf"])
            else [f"{place}: {value!r} is none of the kinds"]
        )
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [f"{place}: {value!r} is not among the values"]
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    expected = kinds[schema["type"]]
    if not isinstance(value, expected) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return [f"{place}: {value!r} is no {schema['type']}"]
    faults = []
    if schema["type"] == "array":
        faults += [
            fault for number, item in enumerate(value) for fault in find_faults(item, schema["items"], f"{place}[{number}]")
        ]
    if schema["type"] == "object" and "properties" in schema:
        faults += [f"{place}: lacks {name}" for name in schema["properties"] if name not in value]
        faults += [f"{place}: has {name}" for name in value if name not in schema["properties"]]
        faults += [
            f
            for name, one in schema["properties"].items()
            if name in value
            for f in find_faults(value[name], one, f"{place}.{name}")
        ]
    return faults


def find_operation(address: str) -> dict[str, Any]:
    path = urlsplit(address).path
    key = "/api/queries/{name}" if path.startswith("/api/queries/") else path
    operation: dict[str, Any] = DESCRIPTION["paths"][key]["get"]
    return operation


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_what_the_description_says(desk: Explorer, address: str) -> None:
    answer = desk.get(address)
    (media_type, content), *_ = find_operation(address)["responses"][str(answer.status_code)]["content"].items()
    assert answer.headers["content-type"] == media_type
    assert find_faults(answer.json(), content["schema"]) == []


def test_every_operation_is_tried() -> None:
    tried = {find_operation(address)["operationId"] for address in ADDRESSES}
    assert tried == {path["get"]["operationId"] for path in DESCRIPTION["paths"].values()}


def test_the_checker_finds_what_is_wrong() -> None:
    schema = {"$ref": "#/components/schemas/Paging"}
    right = {"number": 1, "pages": 1, "total": 0, "first": 0, "last": 0}
    assert find_faults(right, schema) == []
    assert find_faults({**right, "total": "0"}, schema)
    assert find_faults({**right, "more": 1}, schema)
    assert find_faults(dict.fromkeys(list(right)[1:], 1), schema)


def test_the_description_is_served_and_every_reference_in_it_is_there(desk: Explorer) -> None:
    served = desk.get("/api/openapi.json").json()
    assert served == DESCRIPTION == desk.get("/api").json()
    assert served["openapi"].startswith("3.1.")

    def list_references(node: Any) -> list[str]:
        if isinstance(node, dict):
            return ([node["$ref"]] if "$ref" in node else []) + [r for value in node.values() for r in list_references(value)]
        return [r for value in node for r in list_references(value)] if isinstance(node, list) else []

    names = {reference.removeprefix("#/components/schemas/") for reference in list_references(served)}
    assert names <= set(SCHEMAS)
    assert {"ClaimLine", "Problem"} <= names


def test_parameters_are_described_as_the_pages_take_them() -> None:
    for view in VIEWS:
        described = {parameter["name"]: parameter for parameter in DESCRIPTION["paths"][view.api_path]["get"]["parameters"]}
        assert list(described) == list(view.parameters.model_fields)
        for name, field in view.parameters.model_fields.items():
            assert described[name]["required"] is field.is_required()
            assert described[name]["description"]


def test_a_page_and_its_json_tell_the_same(desk: Explorer) -> None:
    page = desk.open("/claims?frame=stalling")
    (link,) = [href for href in page.select("//footer//a/@href") if href.startswith("/api/claims")]
    claims = desk.get(link).json()["claims"]
    assert [make_link("/claim", iri=claim["iri"]) for claim in claims] == page.select("//p[@class='says']/a/@href")


def test_a_named_query_that_needs_a_parameter_is_described_and_not_run(desk: Explorer) -> None:
    page = desk.get("/api/queries/claims-by").json()
    assert page["table"] is None
    assert [parameter["name"] for parameter in page["query"]["parameters"] if parameter["is_required"]] == ["speaker"]
