"""What administrators do at the desk: edits kept while they are typed, looked at beforehand, published."""
