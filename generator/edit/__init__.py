"""Fields of a source file, set in place; every other byte stays.

Takes and gives bytes or text, so that line ends, byte order mark, comments and spacing survive.
Knows no kinds. Where values stand in the YAML is told by whoever has parsed it.
"""

from generator.edit.field import set_field
from generator.edit.files import create_file, replace_file, write_protected
from generator.edit.mapping import Node, Values, add_to_mapping, set_mapping
from generator.edit.order import set_order
from generator.edit.scalar import as_key, as_scalar
from generator.edit.sequence import item_added, item_removed, scalar_replaced
from generator.edit.text import Edit, NotEditable, applied, within_yaml, yaml_range
from generator.edit.together import Change, change_together

__all__ = [
    "Change", "Edit", "Node", "NotEditable", "Values", "add_to_mapping", "applied", "as_key",
    "as_scalar", "change_together", "create_file", "item_added", "item_removed", "replace_file",
    "scalar_replaced", "set_field", "set_mapping", "set_order", "within_yaml", "write_protected",
    "yaml_range",
]  # fmt: skip
