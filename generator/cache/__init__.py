"""What is kept between builds: values by the digest of what they are made of.

Takes keys and plain values, gives them back in a later run, or nothing. Knows nothing of playbooks.
A cache may be lost, damaged or somebody else's: what does not hold is as good as not there.
"""

from generator.cache.difference import Difference
from generator.cache.digest import SIZE, Digester, Known
from generator.cache.layers import Layers
from generator.cache.pickles import packed, unpacked
from generator.cache.store import Store, StoreDamaged, open_store
from generator.cache.table import Table

__all__ = [
    "SIZE", "Difference", "Digester", "Known", "Layers", "Store", "StoreDamaged", "Table",
    "open_store", "packed", "unpacked",
]  # fmt: skip
