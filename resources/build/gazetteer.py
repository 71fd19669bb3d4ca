"""Place names."""


def gazetteer():
    return []
