"""Places by what is typed or pasted: names, junctions, kilometres, coordinates, links, Plus Codes."""
