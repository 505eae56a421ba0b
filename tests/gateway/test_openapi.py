"""The published description of the gateway: complete, and true under thousands of odd calls."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.gateway.hall import Hall

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance, negative_data_rejection]
EXAMPLES = 25


@pytest.fixture(scope="module")
def described(door: Hall) -> schemathesis.BaseSchema:
    """The description as a client reads it, and a task to answer."""
    door.town.sent()
    return schemathesis.openapi.from_url(f"{door.base}/api/openapi.json")


@pytest.fixture(scope="module")
def tokens(door: Hall) -> dict[str, dict[str, str]]:
    """A worker's and a department's token."""
    return {login: door.program(login).identity() for login in ("grid001", "d10")}


OPERATIONS = [
    ("post", "/api/sign-in"), ("post", "/api/devices"), ("get", "/api/me"), ("post", "/api/photos"), ("get", "/api/files/{sha256}"),
    ("post", "/api/reports"), ("get", "/api/reports"), ("post", "/api/reports/{key}/answer"), ("get", "/api/tasks"),
    ("get", "/api/tasks/{task_id}"), ("post", "/api/tasks/{task_id}/answer"), ("post", "/api/tasks/{task_id}/ask"),
    ("post", "/api/tasks/{task_id}/plates/{plate_id}"), ("get", "/api/codes"), ("get", "/api/words/{language}"),
    ("post", "/api/password"), ("post", "/api/second-factor"), ("post", "/api/second-factor/confirm"), ("get", "/api/sessions"),
    ("post", "/api/sessions/{name}/end"),
]  # fmt: skip
# The stream never ends, and a token that has signed out ends the test for all others: they are called elsewhere.
APART = [("get", "/api/live"), ("post", "/api/sign-out")]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_call_breaks_the_gateway_or_its_description(described, tokens, method, path, mode):
    operation = described[path][method]
    headers = tokens["d10" if "/tasks" in path else "grid001"]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()


def test_every_operation_is_described_with_its_refusals(door: Hall):
    told = door.stranger().get("/api/openapi.json").json()
    found = {(method, path): operation for path, item in told["paths"].items() for method, operation in item.items()}
    assert set(found) == {*OPERATIONS, *APART}
    proving = {"/api/sign-in", "/api/devices", "/api/password", "/api/second-factor", "/api/second-factor/confirm"}
    free = proving | {"/api/words/{language}"}
    for (method, path), operation in found.items():
        assert operation["summary"], path
        assert operation["description"], path
        refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "401", "422", "503"} <= set(refusals), path
        assert all(answer["content"]["application/json"]["schema"]["$ref"].endswith("/Refusal") for answer in refusals.values()), path
        assert (path in free) == ("security" not in operation), path
        if method == "post" and path not in free:
            assert {"403"} <= set(refusals), path
            assert "X-CSRF-Token" in {parameter["name"] for parameter in operation["parameters"]}, path
    assert set(told["components"]["securitySchemes"]) == {"cookie", "bearer"}
    assert told["components"]["schemas"]["ReportIn"]["examples"][0]["category"] == "0601"
