"""Triage (phân loại): reports that came by portal and app, taken up one key each."""
