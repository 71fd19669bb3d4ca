"""One line out of the settings. Only the module of the chosen kind is imported."""

from collections.abc import Callable
from pathlib import Path

from console.settings import TelephoneSettings
from console.telephony.line import TelephoneLine

Secret = Callable[[str], str | None]


def line_of(settings: TelephoneSettings, secret: Secret, folder: Path) -> TelephoneLine:
    """The line of `settings.kind`. `secret` finds one by its name in the keyring; it may take a while.
    `folder`: the store's."""
    match settings.kind:
        case "push":
            from console.telephony.push import PushLine

            return PushLine(settings.push, secret(settings.push.secret))
        case "handed_over":
            from console.telephony.handed_over import HandedOverLine

            return HandedOverLine(folder)
        case "ami":
            from console.telephony.ami import AmiLine

            return AmiLine(settings.ami, secret(settings.ami.secret))
        case "sip":
            from console.telephony.sip import SipLine

            return SipLine(settings.sip, secret(settings.sip.password), folder)
        case "manual":
            from console.telephony.manual import ManualLine

            return ManualLine()
