"""Steps from one schema to the next. `console.central.migrate` runs them."""
