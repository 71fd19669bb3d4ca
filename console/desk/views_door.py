"""The desk's door to saved views."""

from console.desk import views
from console.desk.holdings import Holdings
from console.desk.views import SavedView


class ViewsDoor:
    """A part of the desk. Ask again after `Changes.views`."""

    _held: Holdings

    async def saved_views(self) -> tuple[SavedView, ...]:
        """Own ones, then those that colleagues share, each by name."""
        return await self._held.call(lambda: views.saved_views(self._held))

    async def keep_view(self, view: SavedView) -> SavedView:
        """Save it under its name, new (`id` ""), in the place of what it was, or again after it was dropped.

        Raises ViewUnnamed, ViewNotYours, ViewTooLong, ViewsFull, StoreFull: nothing was changed then.
        """
        return await self._held.call(lambda: views.keep_view(self._held, view))

    async def drop_view(self, view_id: str) -> None:
        """Delete it, for colleagues too; `keep_view` brings it back. Raises NotHere, ViewNotYours,
        StoreFull."""
        await self._held.call(lambda: views.drop_view(self._held, view_id))
