"""No line at all: nobody tells the console of calls, operators log them by hand."""

from console.desk.errors import LineOffersNot
from console.domain.telephone import BY_HAND, CallId, LineState, Offer
from console.telephony.line import Ear


class ManualLine:
    """Up, silent, and offers nothing."""

    @property
    def state(self) -> LineState:
        """As it always is."""
        return BY_HAND

    def start(self, ear: Ear) -> None:
        """Say that it is there."""
        ear.line_is(BY_HAND)

    def answer(self, call: CallId) -> None:
        """Raises LineOffersNot, as all acts here."""
        raise LineOffersNot(Offer.ANSWER)

    def hold(self, call: CallId) -> None:
        """Not from here."""
        raise LineOffersNot(Offer.HOLD)

    def resume(self, call: CallId) -> None:
        """Not from here."""
        raise LineOffersNot(Offer.HOLD)

    def transfer(self, call: CallId, number: str) -> None:
        """Not from here."""
        raise LineOffersNot(Offer.TRANSFER)

    def hang_up(self, call: CallId) -> None:
        """Not from here."""
        raise LineOffersNot(Offer.HANG_UP)

    def dial(self, number: str) -> CallId:
        """Not from here."""
        raise LineOffersNot(Offer.DIAL)

    def rest(self, on: bool) -> None:
        """Not from here."""
        raise LineOffersNot(Offer.REST)

    def stop(self) -> None:
        """Nothing to end."""
