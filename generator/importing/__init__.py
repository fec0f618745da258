"""Documents of other programs to entries: Word, Markdown and HTML as DingTalk docs, Shimo and Word
write them.

Takes bytes and what a playbook knows, gives the text of an entry, the files that go with it and
remarks on what was left out. Touches no file and fetches nothing. What a kind asks for is begun by
`author`; kinds have no code here.
"""

from generator.importing.document import Document, Refused
from generator.importing.front import Facts, Wish, owner_by_name
from generator.importing.making import Made, make_entry
from generator.importing.placing import Surroundings, anchors_in
from generator.importing.reading import READERS, is_chinese, read_document, words_in

__all__ = [
    "READERS", "Document", "Facts", "Made", "Refused", "Surroundings", "Wish", "anchors_in",
    "is_chinese", "make_entry", "owner_by_name", "read_document", "words_in",
]  # fmt: skip
