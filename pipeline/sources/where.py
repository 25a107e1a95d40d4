"""Where a source's bytes come from: one class a way in, each setting described.

A secret never stands in a TOML. A credential is *named* there, and its value is looked up by that
name when a server is asked: in the environment as `NEWSWIRE_CREDENTIAL_<NAME>`.
"""

import os
import pathlib
import re
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

SECRET_WORDS = re.compile(
    r"(?:^|[-_.])(?:api[-_]?key|apikey|app[-_]?key|key|token|auth|authorization|secret|sig|signature|sign|password|passwd|pwd"
    r"|pass|credential|credentials|session|sessionid|jwt|hmac|policy|security[-_]token)(?:$|[-_.])|(?:token|secret|password)$",
    re.IGNORECASE,
)
"""Names of headers and of parameters of a URL whose values are secrets."""


class Declared(BaseModel):
    """What a table of the TOML may hold: nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("say a URL that begins with https:// or http://")
    named = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if SECRET_WORDS.search(name)]
    if parts.username or parts.password or named:
        raise ValueError("a secret in the URL; name it under [where.credential] instead")
    return url


def _harmless(headers: dict[str, str]) -> dict[str, str]:
    secret = [name for name in headers if SECRET_WORDS.search(name) or name.lower() == "cookie"]
    if secret:
        raise ValueError(f"the header {secret[0]} is a secret; name it under [where.credential] instead")
    return headers


def _pattern(glob: str) -> str:
    try:
        next(pathlib.Path(os.devnull).glob(glob), None)
    except (ValueError, NotImplementedError) as error:
        raise ValueError(f"{error}; say one that counts from the folder, as `**/*.xml`") from error
    return glob


WebAddress = Annotated[str, AfterValidator(_web_address)]
Path = Annotated[str, Field(pattern=r"^[^.\s]+(\.[^.\s]+)*$")]
"""Where in JSON something is: names and numbers from the outside in, as `data.items` or `0.links.next`."""


class Credential(Declared):
    """A secret by its name, and how a server wants to be shown it."""

    name: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z][A-Za-z0-9_]*$",
            description="What it is called, as `desk`: its value is `NEWSWIRE_CREDENTIAL_DESK` in the environment.",
        ),
    ]
    sent_as: Annotated[
        Literal["bearer", "basic", "header", "query"],
        Field(description="A bearer token, `user:password`, or the value of the header or parameter named `field`."),
    ] = "bearer"
    field: Annotated[str | None, Field(description="The name of that header or parameter, as `X-Api-Key`.")] = None

    @model_validator(mode="after")
    def _named(self) -> "Credential":
        if (self.sent_as in {"header", "query"}) != bool(self.field):
            raise ValueError("`field` names the header or parameter of a credential sent as header or query")
        return self


class Folder(Declared):
    """A folder that deliveries are put into."""

    kind: Literal["folder"]
    path: Annotated[str, Field(description="The folder; a relative one counts from the TOML's.")]
    glob: Annotated[str, AfterValidator(_pattern), Field(description="Which files, as in `**/*.xml`.")] = "**/*"
    settle_seconds: Annotated[float, Field(description="How long a file must be unchanged to be read.")] = 2.0
    day: Annotated[
        Literal["path", "mtime"],
        Field(description="A delivery's day: the first date in its path (else its mtime's), or its mtime's."),
    ] = "path"


class S3(Declared):
    """A bucket of Amazon S3 or of a store that speaks like it."""

    kind: Literal["s3"]
    bucket: Annotated[str, Field(min_length=3, description="The bucket.")]
    prefix: Annotated[
        str,
        Field(
            description="What keys begin with. With %Y, %m, %d, as in `wire/%Y/%m/%d/`, a delivery's day is the one "
            "in its key, and the store lists that day alone; without, it is the day of its LastModified, UTC."
        ),
    ] = ""
    glob: Annotated[str, Field(description="Which of those keys, as in `*.xml`; `*` stands for slashes too.")] = "*"
    endpoint: Annotated[WebAddress | None, Field(description="URL of the store, if it is not Amazon's.")] = None
    region: Annotated[str | None, Field(description="The bucket's region; the environment's if not told.")] = None
    credential: Annotated[
        str | None,
        Field(
            pattern=r"^[A-Za-z][A-Za-z0-9_]*$",
            description="Name of the credential, whose value is `key id:secret key`; the machine's own if not told.",
        ),
    ] = None
    anonymous: Annotated[bool, Field(description="Ask without any credential, as public buckets allow.")] = False
    timeout_seconds: Annotated[float, Field(gt=0, description="How long the store may be silent.")] = 30.0
    attempts: Annotated[int, Field(ge=1, description="How often something that may pass is tried.")] = 5

    @model_validator(mode="after")
    def _day_whole(self) -> "S3":
        told = set(re.findall(r"%(.)", self.prefix))
        if told and told != {"Y", "m", "d"}:
            raise ValueError("a prefix has all of %Y, %m and %d and nothing else with %, or none of them")
        return self


class Web(Declared):
    """What every source on the web may set."""

    url: Annotated[WebAddress, Field(description="Where to ask.")]
    headers: Annotated[
        dict[str, str], AfterValidator(_harmless), Field(description="Headers to send, as Accept; no secrets.")
    ] = {}
    credential: Annotated[Credential | None, Field(description="The secret to show; to the url's own host alone.")] = (
        None
    )
    timeout_seconds: Annotated[float, Field(gt=0, description="How long a server may be silent.")] = 30.0
    deadline_seconds: Annotated[float, Field(gt=0, description="How long one answer may take in all.")] = 300.0
    longest_wait_seconds: Annotated[
        float, Field(ge=0, description="How long to wait when a server says Retry-After; the run fails if longer.")
    ] = 60.0
    attempts: Annotated[int, Field(ge=1, description="How often something that may pass is tried.")] = 4


class Feed(Web):
    """An RSS or Atom feed; it has only what is new."""

    kind: Literal["feed"]
    max_pages: Annotated[
        int,
        Field(
            ge=1,
            description="How many pages to read at most of a feed that links to older entries (RFC 5005): the first "
            "time all of these, then until one is met that is known.",
        ),
    ] = 10


class Http(Web):
    """An index in JSON, as news APIs have: a page of entries, and a cursor to the next page."""

    kind: Literal["http"]
    url: Annotated[
        WebAddress,
        Field(description="The index. With %Y, %m and %d in it it is asked for any day, without for today's only."),
    ]
    entries: Annotated[Path | None, Field(description="Where the list of entries is; the page itself if not told.")] = (
        None
    )
    id: Annotated[
        Path | None, Field(description="Where in an entry its id is; a hash of the entry's version if not told.")
    ] = None
    version: Annotated[
        Path | None, Field(description="Where in an entry its version or time is; the whole entry tells if not told.")
    ] = None
    link: Annotated[
        Path | None,
        Field(description="Where in an entry the URL of its delivery is; the entry is the delivery if not told."),
    ] = None
    cursor: Annotated[Path | None, Field(description="Where in a page the next cursor is, or the next page's URL.")] = (
        None
    )
    cursor_parameter: Annotated[
        str | None, Field(description="The parameter that the cursor is sent as; if not told, the cursor is a URL.")
    ] = None
    go_on: Annotated[
        bool, Field(description="Begin where the last run ended, for an index that only grows; else at the start.")
    ] = False
    max_pages: Annotated[int, Field(ge=1, description="More pages than this are an endless loop.")] = 1000

    @model_validator(mode="after")
    def _day_whole(self) -> "Http":
        told = set(re.findall(r"%([YmdHMSjyb])", self.url))
        if told and told != {"Y", "m", "d"}:
            raise ValueError("a url has all of %Y, %m and %d, or none of them")
        if self.go_on and not (self.cursor and self.cursor_parameter):
            raise ValueError("go_on needs cursor and cursor_parameter")
        return self


Where = Annotated[Folder | S3 | Feed | Http, Field(discriminator="kind")]
