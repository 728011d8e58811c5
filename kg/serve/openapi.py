"""The description of the API, made from the models that it answers with: OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kg.model.base import Frozen
from kg.query.pages.asked import QueryPage
from kg.serve.problems import Problem
from kg.serve.views import VIEWS, View

_REFERENCE = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "A parameter is unknown or missing, cannot be read, or names several actors.",
    "404": "The store has no such thing.",
    "422": "The answer is larger than the server allows.",
    "503": "The answer took too long, too many wait, or the store cannot be read.",
}


def describe_api() -> dict[str, Any]:
    """Return the description, ready for JSON."""
    models: list[type[BaseModel]] = [*(view.page for view in VIEWS), QueryPage, Problem]
    references, definitions = models_json_schema([(model, "serialization") for model in models], ref_template=_REFERENCE)
    paths = {view.api_path: {"get": _describe_view(view, references[view.page, "serialization"])} for view in VIEWS}
    paths["/api/queries/{name}"] = {"get": _describe_query(references[QueryPage, "serialization"])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sayso",
            "version": "1",
            "description": (
                "Who says what about whom: what the pages of the explorer show, as JSON. Read-only. What a claim says is quoted, "
                "never asserted. SPARQL is answered at /sparql."
            ),
        },
        "paths": paths,
        "components": {"schemas": definitions["$defs"]},
    }


def _describe_view(view: View, reference: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": view.name,
        "summary": view.summary,
        "parameters": _describe_parameters(view.parameters),
        "responses": _describe_responses(reference),
    }


def _describe_parameters(model: type[Frozen]) -> list[dict[str, Any]]:
    """Return the fields of a flat model as parameters of an address."""
    schema = model.model_json_schema()
    required = schema.get("required", [])
    parameters = []
    for name, field in schema.get("properties", {}).items():
        described = {key: value for key, value in field.items() if key not in ("title", "description", "x-kind")}
        parameters.append(
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": field.get("description", ""),
                "schema": described,
            }
        )
    return parameters


def _describe_query(reference: dict[str, Any]) -> dict[str, Any]:
    name = {"name": "name", "in": "path", "required": True, "description": "Of a named query.", "schema": {"type": "string"}}
    values = {
        "name": "values",
        "in": "query",
        "description": "The query's own parameters, by name; without any, one that needs some is described and not run.",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    return {
        "operationId": "query",
        "summary": "A named query and its rows",
        "parameters": [name, values],
        "responses": _describe_responses(reference),
    }


def _describe_responses(reference: dict[str, Any]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": _REFERENCE.format(model=Problem.__name__)}}}
    found = {"description": "What the page shows.", "content": {"application/json": {"schema": reference}}}
    return {"200": found} | {status: {"description": text, "content": problem} for status, text in _PROBLEMS.items()}
