"""Attached files of a case or a call: small pictures, what becomes of them, looking at one."""
