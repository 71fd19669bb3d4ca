"""Tests of the room of chasing."""
