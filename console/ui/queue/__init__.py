"""The queue: saved views, quick filter and rows that never move under the hand."""
