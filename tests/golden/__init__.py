"""Stores that released programs wrote: each is upgraded and read by the tests of every later one."""
