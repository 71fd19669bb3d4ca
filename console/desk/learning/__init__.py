"""What is learnt from the province's own past cases, to be proposed with its reason while a call is typed."""
