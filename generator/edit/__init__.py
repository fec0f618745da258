"""Fields of a source file, set in place; every other byte stays.

Takes and gives bytes or text, so that line ends, byte order mark, comments and spacing survive.
Knows no kinds. Where values stand in the YAML is told by whoever has parsed it.
"""

from generator.edit.field import set_field
from generator.edit.files import create_file, replace_file, write_protected
from generator.edit.mapping import Values, add_to_mapping, set_mapping
from generator.edit.scalar import as_scalar
from generator.edit.text import NotEditable, within_yaml

__all__ = [
    "NotEditable", "Values", "add_to_mapping", "as_scalar", "create_file", "replace_file",
    "set_field", "set_mapping", "within_yaml", "write_protected",
]  # fmt: skip
