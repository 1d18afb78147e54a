"""A log line tells what happened to the store. It never tells of whom, or what a laboratory found."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import create_engine

from pathway import PATHWAY, BadInput, Override
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.transfer import export, take
from pathway.store.worklist import worklist
from tests.children import CALL, NINE, at
from tests.store.children import NOW, opened, tamper

SECRETS = ("Petronella", "Grossmann", "3.14", "0.27", "1.59", "Mondragon", "specimen-4711", "tube of another child")


def test_no_log_line_of_ours_or_of_the_database_library_carries_a_clinical_value_or_a_name(url, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy").setLevel(logging.DEBUG)
    with create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("SELECT 'of a program beside the store'")
    assert "of a program beside the store" in caplog.text, "a library that logs nothing would prove nothing"
    count = PATHWAY.event("blood_count_reported", wbc="3.14 10*9/L", anc="0.27 10*9/L", alc="1.59 10*9/L")
    try:
        with Store(url, PATHWAY) as store:
            case = opened(store, "Petronella Grossmann")
            case.record(count, at=at(), by="Dr Mondragon", now=NINE, source="lis", key="specimen-4711")
            case.record(count, at=at(), by="Dr Mondragon", now=NINE, source="lis", key="specimen-4711")
            other = store.case("Petronella Grossmann")
            case.withdraw("e1", at=at(1), by="Dr Mondragon", reason="tube of another child", now=at(1))
            case.propose(
                "order_bone_marrow", at=at(2), override=Override("Dr Mondragon", "tube of another child"), now=NOW
            )
            for wrong in (
                lambda: other.record(CALL, at=at(3), by="Dr Mondragon", now=NOW),
                lambda: opened(store, "Petronella Grossmann"),
                lambda: case.record(count, at=NOW, by="Dr Mondragon", now=NINE),
                lambda: store.case("Mondragon"),
                lambda: case.record(CALL, at=at(), by="Dr Mondragon", now=NOW, source="lis", key="specimen-4711"),
            ):
                with pytest.raises((BadInput, Unavailable)):
                    wrong()
            worklist(store, at=NOW)
            verify_log(store)
            with Store(str(tmp_path / "other.db"), PATHWAY) as there:
                take(there, export(store), now=NOW)
            tamper(store, "UPDATE entries SET recorded_by = 'Mondragon' WHERE sequence = 1", "DELETE FROM cases",
                   "DELETE FROM marks WHERE name = 'projected'")  # fmt: skip
            assert worklist(store, at=NOW).rows[0].fault
            with pytest.raises(Unavailable), store.database.writing() as connection:
                connection.exec_driver_sql("UPDATE entries SET recorded_by = 'Petronella'")
    finally:
        logging.getLogger("sqlalchemy").setLevel(logging.NOTSET)
    assert len([one for one in caplog.records if one.name.startswith("pathway")]) >= 8
    # What this test itself does behind the store's back names somebody; every statement of ours has parameters.
    said = "\n".join(one.getMessage() for one in caplog.records if "UPDATE entries SET" not in one.getMessage())
    assert not [secret for secret in SECRETS if secret in said]
