"""Who called about a report besides its reporter: masked like the reporter, shown with them."""

from console.domain.case import Caller, Reporter
from console.ui.case.reporter_line import ReporterLine
from tests.desk.people import MONDAY
from tests.ui.conftest import Stage

REPORTER = Reporter(name="Nguyễn Văn Long", phone="+84912345678")
OTHER = Caller(phone="+84977123456", name="Đinh Văn Ổi", last_at=MONDAY)


def test_other_callers_are_masked_until_the_contact_is_shown(stage: Stage) -> None:
    line = ReporterLine(stage.theme)
    line.show_masked(REPORTER, "", (OTHER,))
    assert "09xx xxx 456" in line.text.text()
    assert "Ổi" not in line.text.text()
    line.show_full(REPORTER)
    assert "Đinh Văn Ổi 0977 123 456" in line.text.text()
    line.eye.click()
    assert "0977" not in line.text.text()
    line.show_masked(Reporter(anonymous=True), "", (OTHER,))
    assert not line.eye.isHidden(), "there is somebody to be called back"
    line.show_masked(REPORTER, "")
    assert "\n" not in line.text.text()
    line.deleteLater()
