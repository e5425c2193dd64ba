"""What the platforms' published JSON Schemas demand, in as few words as Python needs.

CTRF: ctrf-io/ctrf, schema/ctrf.schema.json (draft 7), version 1.0.0. Classroom 50:
foundation50/classroom50, schemas/result-v1.schema.json (draft 2020-12).
"""

import jsonschema


def closed(required, properties, optional=None):
    """An object with no other keys than these."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(required),
        "properties": {**{key: properties[key] for key in required}, **(optional or {})},
    }


TEXT = {"type": "string"}
NAME = {"type": "string", "minLength": 1}
WHOLE = {"type": "integer"}
COUNT = {"type": "integer", "minimum": 0}
FREE = {"type": "object"}
TEXTS = {"type": "array", "items": TEXT}
TRUTH = {"type": "boolean"}
SCALARS = [TEXT, {"type": "number"}, TRUTH]

CTRF_STATUS = {"enum": ["passed", "failed", "skipped", "pending", "other"]}
CTRF_ATTACHMENT = closed(["name", "contentType", "path"],
                         {"name": TEXT, "contentType": TEXT, "path": TEXT},
                         {"extra": FREE})
CTRF_RETRY = closed(
    ["attempt", "status"],
    {"attempt": {"type": "integer", "minimum": 1}, "status": CTRF_STATUS},
    {"duration": WHOLE, "message": TEXT, "trace": TEXT, "line": WHOLE, "snippet": TEXT,
     "stdout": TEXTS, "stderr": TEXTS, "start": WHOLE, "stop": WHOLE,
     "attachments": {"type": "array", "items": CTRF_ATTACHMENT}, "extra": FREE})
CTRF_STEP = closed(["name", "status"], {"name": TEXT, "status": CTRF_STATUS},
                   {"extra": FREE})
CTRF_TEST = closed(
    ["name", "status", "duration"],
    {"name": NAME, "status": CTRF_STATUS, "duration": WHOLE},
    {**{key: TEXT for key in ("id", "testId", "executionId", "message", "trace",
                              "snippet", "ai", "rawStatus", "type", "filePath",
                              "threadId", "browser", "device", "screenshot")},
     **{key: WHOLE for key in ("start", "stop", "line", "retries")},
     **{key: TEXTS for key in ("tags", "stdout", "stderr")},
     "suite": {"type": "array", "minItems": 1, "items": TEXT},
     "labels": {"type": "object", "additionalProperties": {
         "anyOf": [*SCALARS, {"type": "array", "minItems": 1,
                              "items": {"anyOf": SCALARS}}]}},
     "retryAttempts": {"type": "array", "items": CTRF_RETRY},
     "flaky": TRUTH,
     "attachments": {"type": "array", "items": CTRF_ATTACHMENT},
     "parameters": FREE,
     "steps": {"type": "array", "items": CTRF_STEP},
     "insights": FREE,
     "extra": FREE})
CTRF_COUNTS = ["tests", "passed", "failed", "skipped", "pending", "other", "start", "stop"]
CTRF_RESULTS = closed(
    ["tool", "summary", "tests"],
    {"tool": closed(["name"], {"name": NAME}, {"version": TEXT, "extra": FREE}),
     "summary": closed(CTRF_COUNTS, {key: WHOLE for key in CTRF_COUNTS},
                       {"flaky": WHOLE, "suites": WHOLE, "duration": WHOLE,
                        "extra": FREE}),
     "tests": {"type": "array", "items": CTRF_TEST}},
    {"environment": FREE, "extra": FREE})
CTRF = jsonschema.Draft7Validator(closed(
    ["reportFormat", "specVersion", "results"],
    {"reportFormat": {"const": "CTRF"},
     "specVersion": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
     "results": CTRF_RESULTS},
    {"reportId": TEXT, "runId": TEXT, "timestamp": TEXT, "generatedBy": TEXT,
     "extra": FREE, "insights": FREE, "baseline": FREE}))

INSTANT = {"type": "string",
           "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"}
CLASSROOM50_TEST = {
    "type": "object",
    "required": ["test-name", "passed", "score", "max-score"],
    "properties": {"test-name": NAME, "passed": TRUTH, "score": COUNT,
                   "max-score": COUNT},
}
CLASSROOM50 = jsonschema.Draft202012Validator(closed(
    ["schema", "classroom", "assignment", "assignment_type", "owner", "submission",
     "commit", "release", "review", "datetime", "score", "max-score", "tests"],
    {"schema": {"const": "classroom50/result/v1"},
     "classroom": NAME, "assignment": NAME,
     "assignment_type": {"enum": ["individual", "group"]},
     "owner": NAME,
     "submission": {"type": "string", "pattern": "^submit/"},
     "commit": NAME, "release": NAME, "review": NAME, "datetime": INSTANT,
     "score": COUNT, "max-score": COUNT,
     "tests": {"type": "array", "items": CLASSROOM50_TEST}},
    {"graded_at": INSTANT,
     "submitted_by": closed(["username"], {"username": NAME},
                            {"id": {"type": ["integer", "null"]}})}))
