"""What editors say of reviews, and the lists they read."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

DRAFT = {
    "draft_id": "cms/1",
    "title": "Tin",
    "body": "Nghe nói 😀 tên trộm đã bị bắt giữ.",
    "author": "Thu Hà",
    "unit": "VKSND tỉnh Tây Ninh",
    "date": "2026-03-10",
}


@pytest.fixture
def client(kept_app: Flask) -> FlaskClient:
    return kept_app.test_client()


def review(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    answer = client.post("/review", json={**DRAFT, **changes})
    assert answer.status_code == 200
    made: dict[str, Any] = answer.get_json()
    return made


def issue_of(made: dict[str, Any], code: str) -> dict[str, Any]:
    return next(issue for issue in made["issues"] if issue["code"] == code)


def decide(client: FlaskClient, made: dict[str, Any], code: str, **body: Any) -> Any:
    path = f"/reviews/{made['review_id']}/issues/{issue_of(made, code)['id']}/decision"
    return client.post(path, json=body)


def test_a_dismissal_sticks_in_the_next_revision_and_is_listed(client: FlaskClient) -> None:
    first = review(client)
    assert (first["revision"], first["stored"], first["dismissed"]) == (1, True, [])
    answer = decide(client, first, "source.hearsay", decision="dismiss", reason="Lời của nhân chứng")
    assert answer.status_code == 200
    assert answer.get_json()["decision"]["reason"] == "Lời của nhân chứng"
    again = review(client)
    assert again["review_id"] == first["review_id"]
    second = review(client, title="Tin mới")
    for made in (again, second):
        assert "source.hearsay" not in {issue["code"] for issue in made["issues"]}
        assert [issue["code"] for issue in made["dismissed"]] == ["source.hearsay"]
    assert second["revision"] == 2
    revisions = client.get("/drafts/cms/1/revisions").get_json()["revisions"]
    assert [[issue["code"] for issue in one["dismissed"]] for one in revisions] == [["source.hearsay"]] * 2


def test_a_decision_can_be_changed_and_withdrawn(client: FlaskClient) -> None:
    made = review(client)
    total = len(made["issues"])
    assert decide(client, made, "source.hearsay", decision="accept").get_json()["undecided"] == total - 1
    assert decide(client, made, "source.hearsay", decision="fixed").get_json()["decision"]["decision"] == "fixed"
    path = f"/reviews/{made['review_id']}/issues/{issue_of(made, 'source.hearsay')['id']}/decision"
    assert client.delete(path).get_json() == {"decision": None, "status": "must_fix", "undecided": total}
    assert client.delete(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "decision"),
        ({"decision": "maybe"}, "decision"),
        ({"decision": "dismiss"}, "request"),
        ({"decision": "dismiss", "reason": "  "}, "request"),
        ({"decision": "accept", "reason": "a" * 501}, "reason"),
        ({"decision": "accept", "colour": "red"}, "colour"),
    ],
)
def test_a_wrong_decision_names_the_field(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    answer = decide(client, review(client), "source.hearsay", **body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]


def test_the_editors_themes(client: FlaskClient) -> None:
    made = review(client)
    path = f"/reviews/{made['review_id']}/themes"
    assert client.delete(path).status_code == 404
    for themes in (["legal_education", "commendation"], []):
        assert client.put(path, json={"themes": themes}).get_json()["themes"] == themes
        record = client.get(f"/reviews/{made['review_id']}").get_json()
        assert record["editor_themes"]["themes"] == themes
    assert [one["draft_id"] for one in client.get("/reviews?theme=off_plan").get_json()["reviews"]] == ["cms/1"]
    assert client.get("/reviews").get_json()["reviews"][0]["themes_confirmed"]
    assert client.delete(path).status_code == 204
    assert not client.get("/reviews").get_json()["reviews"][0]["themes_confirmed"]


@pytest.mark.parametrize(
    ("themes", "field"),
    [
        (["sport"], "themes.0"),
        (["commendation", "commendation"], "themes"),
        (["a", "b", "c", "d", "e"], "themes"),
        ("commendation", "themes"),
        ([3], "themes.0"),
    ],
)
def test_wrong_themes_name_the_field(client: FlaskClient, themes: Any, field: str) -> None:
    answer = client.put(f"/reviews/{review(client)['review_id']}/themes", json={"themes": themes})
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.get_json()["errors"]]


def test_finishing(client: FlaskClient) -> None:
    old = review(client, title="Cũ")
    made = review(client)
    assert client.put(f"/reviews/{old['review_id']}/finished").status_code == 409
    path = f"/reviews/{made['review_id']}/finished"
    assert client.put(path).get_json()["finished_by"] == "open access"
    assert client.get("/reviews?finished=true").get_json()["total"] == 1
    assert client.delete(path).status_code == 204
    assert client.get("/reviews?finished=true").get_json()["total"] == 0


def test_a_kept_review_can_be_read_with_either_offsets(client: FlaskClient) -> None:
    made = review(client)
    decide(client, made, "objectivity.presumption", decision="dismiss", reason="Trích bản án")
    points = client.get(f"/reviews/{made['review_id']}").get_json()
    units = client.get(f"/reviews/{made['review_id']}?offsets=utf16").get_json()
    assert points["draft"]["body"] == DRAFT["body"]
    utf16 = DRAFT["body"].encode("utf-16-le")
    for issue in (*units["review"]["issues"], *units["review"]["dismissed"]):
        if issue["field"] == "body":
            assert utf16[2 * issue["start"] : 2 * issue["end"]].decode("utf-16-le") == issue["text"]
    assert units["review"]["dismissed"][0]["start"] == points["review"]["dismissed"][0]["start"] + 1


def test_pages_of_a_list(client: FlaskClient) -> None:
    drafts = [{"draft_id": str(number), "body": f"Tin số {number}."} for number in range(5)]
    answers = client.post("/review/batch", json={"drafts": drafts}).get_json()["reviews"]
    assert all(answer["stored"] for answer in answers)
    page = client.get("/reviews?limit=2&offset=2&order=oldest").get_json()
    assert (page["total"], len(page["reviews"])) == (5, 2)
    assert client.get("/reviews?limit=0").status_code == 422
    assert client.get("/reviews?colour=red").status_code == 422
    assert client.get("/reviews?unit=").get_json()["total"] == 5


def test_a_review_that_is_not_to_be_kept(client: FlaskClient) -> None:
    assert client.post("/review?store=no", json=DRAFT).get_json()["stored"] is False
    assert client.get("/reviews").get_json()["total"] == 0
    assert client.post("/review?store=perhaps", json=DRAFT).status_code == 422


def test_deleting_a_draft(client: FlaskClient) -> None:
    made = review(client)
    assert client.delete("/drafts/cms/1").status_code == 204
    assert client.get(f"/reviews/{made['review_id']}").status_code == 404
    assert client.delete("/drafts/cms/1").status_code == 404
    entry = client.get("/audit").get_json()["entries"][0]
    assert (entry["action"], entry["subject"]) == ("draft.deleted", "cms/1")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/reviews/none"),
        ("PUT", "/reviews/none/themes"),
        ("PUT", "/reviews/none/finished"),
        ("DELETE", "/reviews/none/finished"),
        ("POST", "/reviews/none/issues/none/decision"),
        ("DELETE", "/reviews/none/issues/none/decision"),
        ("GET", "/drafts/none/revisions"),
    ],
)
def test_what_is_not_there(client: FlaskClient, method: str, path: str) -> None:
    body = {"themes": []} if path.endswith("themes") else {"decision": "accept"}
    answer = client.open(path, method=method, json=body if method in ("PUT", "POST") else None)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_an_unknown_issue(client: FlaskClient) -> None:
    path = f"/reviews/{review(client)['review_id']}/issues/none/decision"
    assert client.post(path, json={"decision": "accept"}).status_code == 404


def test_what_is_dismissed_often_is_listed_with_its_reasons(client: FlaskClient) -> None:
    for number in range(4):
        made = review(client, draft_id=str(number))
        if number < 3:
            decide(client, made, "source.hearsay", decision="dismiss", reason=f"Lý do {number % 2}")
        else:
            decide(client, made, "source.hearsay", decision="accept")
        decide(client, made, "objectivity.presumption", decision="accept")
    dismissals = client.get("/dismissals").get_json()["dismissals"]
    assert [(one["code"], one["phrase"], one["dismissed"], one["upheld"]) for one in dismissals] == [
        ("source.hearsay", "nghe nói", 3, 1)
    ]
    assert sorted(dismissals[0]["reasons"]) == ["Lý do 0", "Lý do 1"]
    assert client.get("/dismissals?least=4").get_json()["dismissals"] == []


def test_the_audit_trail_tells_who_did_what_and_holds_no_draft(client: FlaskClient) -> None:
    made = review(client)
    decide(client, made, "source.hearsay", decision="dismiss", reason="bí mật")
    client.put(f"/reviews/{made['review_id']}/themes", json={"themes": []})
    trail = client.get("/audit").text
    entries = client.get("/audit?limit=2").get_json()["entries"]
    assert [entry["action"] for entry in entries] == ["themes.corrected", "decision.dismiss"]
    older = client.get(f"/audit?before={entries[-1]['number']}").get_json()["entries"]
    assert [entry["action"] for entry in older] == ["model.promoted"]
    assert client.get("/audit?action=decision").get_json()["entries"][0]["details"]["code"] == "source.hearsay"
    assert "bí mật" not in trail
    assert "Nghe nói" not in trail
