"""The central server: what the desks deliver is accepted or refused here, in one order, and told to all."""
