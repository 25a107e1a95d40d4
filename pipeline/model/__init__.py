"""The packaged model and its runtime: a text in, words with tags, trees, names and attributions out.

`load()` gives the packaged model, `load("spacy:NAME")` an installed spaCy pipeline; both read a text
into a `Reading`. Nothing here knows a story or a table.
"""

from pipeline.model.files import VERSION, load
from pipeline.model.reading import AttributionSpan, Model, NameSpan, Reading, WordTags

__all__ = ["VERSION", "AttributionSpan", "Model", "NameSpan", "Reading", "WordTags", "load"]
