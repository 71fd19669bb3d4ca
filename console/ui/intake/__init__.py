"""Taking a report (tiếp nhận): from the first keystroke to a saved, forwarded case."""
