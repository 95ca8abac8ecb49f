from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from novastream_desktop.progress._sqlite import MIGRATIONS, DocumentFile
from novastream_desktop.progress._tinydb import DocumentDatabase, DocumentTable, document_of


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DocumentFile]:
    opened = DocumentFile.open(tmp_path / "d.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def table(file: DocumentFile) -> DocumentTable:
    return DocumentDatabase(file).entries("things")


def test_migration_1_creates_the_documents_table(tmp_path: Path):
    connection = sqlite3.connect(tmp_path / "m.sqlite3")
    MIGRATIONS[0](connection)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(documents)")]
    connection.close()
    assert columns == ["collection", "id", "title", "stamp", "body"]


def test_only_missing_migrations_run_and_each_once(tmp_path: Path):
    path, ran = tmp_path / "m.sqlite3", []

    def second(connection: sqlite3.Connection) -> None:
        ran.append(2)
        connection.execute("ALTER TABLE documents ADD COLUMN extra TEXT")

    first = DocumentFile.open(path)
    first.put("things", "a", {"n": 1})
    first.close()
    for _ in range(2):
        again = DocumentFile.open(path, [*MIGRATIONS, second])
        assert again.get("things", "a") == {"n": 1}
        again.close()
    assert ran == [2]


def test_a_failing_migration_leaves_the_file_as_it_was(tmp_path: Path):
    path = tmp_path / "m.sqlite3"
    DocumentFile.open(path).close()

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        DocumentFile.open(path, [*MIGRATIONS, broken])
    again = DocumentFile.open(path)
    assert again.collections() == []
    again.close()


def test_tinydb_reads_and_writes_through_its_own_methods(table: DocumentTable):
    made = table.insert({"name": "loose", "n": 0})
    table.insert_multiple([document_of("a", {"n": 1}), document_of("b", {"n": 2})])
    assert table.by_id(str(made)) == {"name": "loose", "n": 0}
    assert table.update({"seen": True}, where("n") > 0) == ["a", "b"]
    assert table.upsert({"n": 5, "name": "new"}, where("name") == "new")
    assert sorted(doc["n"] for doc in table.all()) == [0, 1, 2, 5]
    assert table.remove(doc_ids=["a", "missing"]) == ["a"]  # type: ignore[list-item]
    assert table.count(where("seen") == True) == 1  # noqa: E712
    assert len(table) == 3
    table.truncate()
    assert len(table) == 0


def test_an_upsert_keeps_fields_it_does_not_name(table: DocumentTable):
    table.upsert(document_of("a", {"n": 1, "from_a_newer_version": "kept"}))
    table.upsert(document_of("a", {"n": 2}))
    assert table.by_id("a") == {"n": 2, "from_a_newer_version": "kept"}


def test_inserting_an_id_twice_is_refused(table: DocumentTable):
    table.insert(document_of("a", {}))
    with pytest.raises(ValueError, match="already exists"):
        table.insert(document_of("a", {}))


def test_an_upsert_touches_one_row_of_many_in_one_transaction(
    file: DocumentFile, table: DocumentTable
):
    with file.transaction():
        for number in range(1000):
            table.insert(document_of(f"id{number}", {"n": number}))
    statements: list[str] = []
    file._connection.set_trace_callback(statements.append)
    table.upsert(document_of("id500", {"n": -1}))
    file._connection.set_trace_callback(None)
    verbs = [statement.split()[0] for statement in statements]
    assert (verbs.count("BEGIN"), verbs.count("UPDATE"), verbs.count("COMMIT")) == (1, 1, 1)
    assert "INSERT" not in verbs
    assert all("id500" in s for s in statements if s.split()[0] in {"SELECT", "UPDATE"})


def test_an_update_without_a_change_writes_nothing(file: DocumentFile, table: DocumentTable):
    table.insert(document_of("a", {"n": 1}))
    before = file._connection.total_changes
    table.upsert(document_of("a", {"n": 1}))
    assert file._connection.total_changes == before


def test_the_storage_still_honours_tinydbs_contract(file: DocumentFile):
    database = DocumentDatabase(file)
    assert database.storage.read() is None
    database.storage.write({"one": {"1": {"n": 1}}, "two": {"2": {"n": 2}}})
    assert database.tables() == {"one", "two"}
    database.drop_table("one")
    assert database.storage.read() == {"two": {"2": {"n": 2}}}
    database.drop_tables()
    assert database.tables() == set()


def test_a_failed_change_is_rolled_back(file: DocumentFile, table: DocumentTable):
    with pytest.raises(RuntimeError), file.transaction():  # noqa: PT012
        table.insert(Document({"n": 1}, "a"))  # type: ignore[arg-type]
        raise RuntimeError
    assert len(table) == 0


def test_the_documents_of_a_title_are_found_by_their_index(file: DocumentFile):
    statements: list[str] = []
    file._connection.set_trace_callback(statements.append)
    file.of_title("things", "nova:a")
    file._connection.set_trace_callback(None)
    (plan,) = file._connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}").fetchall()
    assert "documents_by_title (collection=? AND title=?)" in plan[3]
