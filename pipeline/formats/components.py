"""The components of NewsML 1: what they are for, and which of them hold a story's text."""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.formats.bodies import is_text, unpacked
from pipeline.formats.markup import text_of

# What a component is for when it holds no part of the story's text.
HEADLINES = {"headline", "title", "hedline"}
NOTES = {"note", "ednote", "editorsnote", "editorialnote", "notes", "advisory"}
ROLES_OUT = {
    *HEADLINES,
    *NOTES,
    "stylesheet",
    "caption",
    "copyright",
    "byline",
    "slugline",
    "dateline",
    "creditline",
    "keywords",
}
ROLES_OUT |= {"subheadline", "contact", "contacts"}
ROLES_OUT |= {"logo", "icon", "thumbnail", "preview", "quicklook", "photo", "picture", "graphic", "video", "audio"}
MEDIA_OUT = {"photo", "picture", "image", "graphic", "video", "audio", "animation"}
SUBJECTS = ("subject", "subjectmatter", "subjectdetail", "subjectqualifier")
NOTE_NAMES = re.compile(
    r"^(?:ed(?:itor(?:s|ial)?)?[\s_-]?(?:note|info|message)s?|editorialinfo|advisory|note)$", re.IGNORECASE
)


def role_of(component: etree._Element) -> str:
    """What a component is for, in lower case: body, headline; empty where it does not say."""
    role = component.find("role")
    return "" if role is None else re.sub(r"[\s_-]", "", role.get("formalname", "")).lower()


def kind_of(content: etree._Element) -> str | None:
    """What a content item is: its media type, MIME type or format."""
    told = (
        each.get("formalname", "") for name in ("mediatype", "mimetype", "format") for each in content.findall(name)
    )
    return next(filter(None, told), None)


def holds_text(content: etree._Element) -> bool:
    """Whether a content item is a part of the story's text."""
    roles = {role_of(each) for each in content.iterancestors("newscomponent")}
    media = {each.get("formalname", "").lower() for each in content.findall("mediatype")}
    types = [each.get("formalname") for each in content.findall("mimetype")]
    return not roles & ROLES_OUT and not media & MEDIA_OUT and all(map(is_text, types))


def contents_of(content: etree._Element) -> Iterator[etree._Element]:
    """The inline contents of a content item, decoded where they came encoded."""
    found = list(content.iter("datacontent"))
    if not found and content.find("nitf") is None and content.find("html") is None:
        return
    for each in found or [content]:
        parent = each.getparent()
        if parent is not None and parent.tag == "encoding":
            unpacked(each, parent.get("notation"))
        yield each


def formal_names(parties: Iterator[etree._Element]) -> Iterator[str]:
    """What parties are called."""
    yield from (name for each in parties if (name := each.get("formalname", "").strip() or text_of(each) or ""))
