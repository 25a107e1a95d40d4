"""XML from strangers, read without loading anything: no entity, no DTD, no network, bounded depth."""

from lxml import etree

from pipeline.errors import Rejected


def parse(body: bytes) -> etree._Element:
    """The root element. Raises Rejected `not-xml`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("not-xml", f"not XML: {error}") from error
