"""Reference data as files: reading what is bundled, importing replacements, telling what would change."""
