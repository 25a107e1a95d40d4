"""URLs as they may be stored and shown: without secrets."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.sources.where import SECRET_WORDS


def clean_url(url: str, *secret_names: str) -> str:
    """A URL without user and password, fragment, and the parameters that are secrets by their name or told so."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "(not a URL)"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    told = [(name, value) for name, value in pairs if not SECRET_WORDS.search(name) and name not in secret_names]
    query = parts.query if len(told) == len(pairs) else urlencode(told)
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: whom a credential may be shown to."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def set_parameter(url: str, name: str, value: str) -> str:
    """A URL with one parameter added or changed."""
    parts = urlsplit(url)
    pairs = [(key, old) for key, old in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (name, value)])))
