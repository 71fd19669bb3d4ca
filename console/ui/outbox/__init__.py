"""The outbox (hộp gửi): what waits, what was sent, what needs the operator."""
