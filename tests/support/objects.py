"""What kind of thing each address and each form field names: declared here, or a test fails.

A route's argument is found by its own name ("seeker_key") or by the part of the address before it
("/seekers/<key>"). A field of a form or a parameter of an address that names a record stands in
`FIELDS`; a name that only looks like one, in `NOT_OBJECTS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from werkzeug.routing import Rule

# argument name or last fixed part of the address -> table
KINDS = {
    "appointments": "appointment",
    "breaches": "breach",
    "calls": "call",
    "complaints": "complaint",
    "consultations": "consultation",
    "data-requests": "data_request",
    "data_request": "data_request",
    "class": "training_class",
    "certificate": "certificate",
    "payments": "payment_sheet",
    "record": "safety_record",
    "order": "training_order",
    "held": "class_session",
    "enrolment": "enrolment",
    "person": "person",
    "programme": "programme",
    "room": "training_room",
    "lesson": "class_session",
    "link": "answer_link",
    "trainer": "trainer",
    "drafts": "draft",
    "duplicates": "suspected_pair",
    "enterprises": "enterprise",
    "figure": "workforce_figure",
    "import": "import_batch",
    "files": "office_form",
    "firm": "enterprise",
    "interests": "declared_interest",
    "invitation": "invitation",
    "invitations": "invitation",
    "merges": "person_merge",
    "messages": "notice",
    "notice": "notice",
    "papers": "paper",
    "placements": "placement",
    "referral": "referral",
    "referrals": "referral",
    "report": "report",
    "request": "firm_request",
    "retention": "retention_due",
    "seeker": "seeker",
    "seekers": "seeker",
    "session": "job_session",
    "sessions": "login_session",
    "sheet": "recruitment_sheet",
    "signatories": "signatory",
    "silent-firms": "enterprise",
    "step": "plan_step",
    "user": "user",
    "users": "user",
    "vacancies": "vacancy",
    "visits": "visit",
    "with": "seeker",
    "work": "job",
}
# The same word for another thing, at one desk.
AT_DESK = {("counsellor", "sessions"): "job_session"}
# Codes in addresses: (part before, argument) -> a value that is there.
CODES = {
    ("help", "desk"): "counsellor",
    ("lists", "of"): "K",
    ("of", "code"): "night",
    ("occupations", "code"): "8153",
    ("communes", "code"): "11581",
    ("parks", "code"): "nomura",
    ("target-groups", "code"): "HN",
    ("units", "code"): "centre",
    ("types", "code"): "so-cap-1",
    ("forms", "code"): "vacancy-sheet",
    ("settings", "key"): "legal-age",
    ("indicators", "code"): "consultations",
    ("changes", "code"): "consultations",
    ("file.", "form"): "pdf",
    ("giay", "code"): "ABCD-EFGH-JKLM",
    ("invitation", "token"): "no-such-token",
    ("feedback", "token"): "no-such-token",
    ("answer", "token"): "no-such-token",
    ("language", "to"): "en",
    ("marks", "sheet"): "exam",
    ("blanks", "act"): "count",
    ("papers", "paper"): "learners",
    (".", "form"): "xlsx",
    ("export.", "form"): "csv",
    ("new", "code"): "workforce",
    ("templates", "code"): "workforce.xlsx",
    ("timetable.", "form"): "ics",
    ("impact.", "form"): "docx",
}
# (endpoint, field or parameter) -> table; the value is a key unless `VALUES` says otherwise.
FIELDS: dict[tuple[str, str], str] = {
    ("counsellor.add_seeker", "draft"): "draft",
    ("counsellor.consultations", "by"): "user",
    ("counsellor.add_seeker", "visit"): "visit",
    ("counsellor.register_seeker", "draft"): "draft",
    ("counsellor.register_seeker", "visit"): "visit",
    ("counsellor.register_seeker", "same"): "seeker",
    ("counsellor.keep_draft", "draft"): "draft",
    ("counsellor.begin_intake", "visit"): "visit",
    ("counsellor.take_ticket", "seeker"): "seeker",
    ("counsellor.move_visit", "to"): "visit",
    ("counsellor.recognise_visitor", "seeker"): "seeker",
    ("counsellor.add_consultation", "seeker"): "seeker",
    ("counsellor.add_complaint", "seeker"): "seeker",
    ("counsellor.advise_chosen", "file"): "seeker",
    ("counsellor.book_appointment", "user"): "user",
    ("counsellor.print_papers", "paper"): "paper",
    ("counsellor.vacancies", "enterprise"): "enterprise",
    ("counsellor.add_vacancy", "enterprise"): "enterprise",
    ("counsellor.add_vacancy", "copy"): "vacancy",
    ("counsellor.caseload", "whose"): "user",
    ("counsellor.review_handover", "file"): "seeker",
    ("counsellor.review_refer", "who"): "seeker",
    ("counsellor.review_refer", "job"): "vacancy",
    ("counsellor.refer", "who"): "seeker",
    ("counsellor.refer", "job"): "vacancy",
    ("counsellor.step_referrals", "referral"): "referral",
    ("enterprise.review_answers", "referral"): "referral",
    ("enterprise.edit_answers", "referral"): "referral",
    ("enterprise.send_answers", "referral"): "referral",
    ("enterprise.add_vacancy", "copy"): "vacancy",
    ("privacy.erase_due", "due"): "retention_due",
    ("school.attendance", "session"): "class_session",
    ("school.decide_results", "learner"): "enrolment",
    ("school.classes", "programme"): "programme",
    ("seeker.join", "second"): "training_class",
    ("school.classes", "trainer"): "trainer",
    ("school.add_class", "programme"): "programme",
    ("school.add_class", "trainer"): "trainer",
    ("school.add_class", "room"): "training_room",
    ("school.edit_class", "trainer"): "trainer",
    ("school.edit_class", "room"): "training_room",
    ("school.add_session", "makes_up"): "class_session",
    ("school.add_session", "module"): "module",
    ("school.add_session", "trainer"): "trainer",
    ("school.add_session", "room"): "training_room",
    ("school.edit_session", "module"): "module",
    ("school.edit_session", "trainer"): "trainer",
    ("school.edit_session", "room"): "training_room",
    ("school.add_learner", "course"): "training_class",
    ("school.add_learner", "same"): "person",
    ("school.add_learner", "shown"): "person",
    ("school.apply", "course"): "training_class",
    ("school.apply", "first"): "training_class",
    ("school.apply", "second"): "training_class",
    ("school.apply", "third"): "training_class",
    ("school.enrolments", "course"): "training_class",
    ("school.transfer", "to"): "training_class",
    ("school.act_on_many", "enrolment"): "enrolment",
    ("school.act_on_many", "back"): "training_class",
    ("school.issue_certificates", "learner"): "enrolment",
    ("school.act_on_money", "learner"): "enrolment",
    ("school.act_on_money", "invoice"): "invoice",
    ("school.act_on_money", "sheet"): "payment_sheet",
    ("school.print_certificates", "certificate"): "certificate",
    ("school.safety_papers", "firm"): "enterprise",
    ("school.answer_order", "course"): "training_class",
    ("enterprise.ask", "line"): "recommendation",
}
# Names that look like a record's and are not: codes of lists, texts, one-time keys, lines.
NOT_OBJECTS = frozenset({"certificates", "modules", "form_key", "jobs"})


def arguments(rule: Rule) -> Iterator[tuple[str, str, bool]]:
    """Yield (argument, kind, is a key) of a rule; an argument nobody declared is an error."""
    before = ""
    for part in re.split(r"(<[^>]+>)", rule.rule):
        if not part.startswith("<"):
            before = part.strip("/").rsplit("/", 1)[-1] or before
            continue
        converter, _sep, name = part.strip("<>").rpartition(":")
        if converter == "uuid":
            found = KINDS.get(name.removesuffix("_key")) or (
                AT_DESK.get((rule.endpoint.partition(".")[0], before)) or KINDS.get(before)
            )
            assert found, f"{rule.rule}: say in tests/support/objects.py what <{name}> is a key of"
            yield name, found, True
        elif converter != "path":
            code = CODES.get((before, name))
            assert code, f"{rule.rule}: give tests/support/objects.py a value for <{name}>"
            yield name, code, False
        before = name


def values(rule: Rule, keys: dict[str, Any]) -> dict[str, Any]:
    """Return what to build the address of a rule with; `keys` by table."""
    return {name: keys[kind] if is_key else kind for name, kind, is_key in arguments(rule)}
