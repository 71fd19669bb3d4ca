"""The schema: migrated it is what the tables say; newer and older databases are refused."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, inspect, text

from console.central.__main__ import main
from console.central.database import connect, url_of
from console.central.migrate import DatabaseBehind, DatabaseNewer, check, head, migrate
from console.central.tables import metadata
from tests.support.central import Cluster


def test_the_migrated_schema_is_what_the_tables_say(cluster: Cluster) -> None:
    engine = connect(cluster.database())
    with engine.connect() as connection:
        how = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=how), metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            wanted = {one.name for one in table.constraints if isinstance(one, CheckConstraint)}
            assert {one["name"] for one in found.get_check_constraints(table.name)} == wanted
    assert migrate(engine) == check(engine) == head()
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(
    cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    url = cluster.database()
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuses in (migrate, check):
        with pytest.raises(DatabaseNewer):
            refuses(engine)
    assert main(["serve", "--database", url, "--port", "0"]) == 2
    assert "DatabaseNewer" in capsys.readouterr().err
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


def test_an_empty_database_is_not_served_until_it_is_migrated(
    cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    url = url_of(cluster.database())
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE empty TEMPLATE template0 ENCODING 'UTF8'"))
    admin.dispose()
    address = url.set(database="empty").render_as_string(hide_password=False)
    engine = connect(address)
    with pytest.raises(DatabaseBehind):
        check(engine)
    assert main(["migrate", "--database", address]) == 0
    assert check(engine) == head()
    assert main(["station", "add", "3", "--database", address]) == 2
    assert "two digits" in capsys.readouterr().err
    engine.dispose()
