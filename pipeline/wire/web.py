"""Asking servers: time-outs, retries, redirects and size limits, and secrets that stay where they belong."""

import base64
import logging
import time
import weakref
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pipeline import __version__
from pipeline.errors import ConfigError, FetchError
from pipeline.sources import Web
from pipeline.wire.access import Access
from pipeline.wire.limits import inflate, take
from pipeline.wire.urls import clean_url, origin

log = logging.getLogger(__name__)

AGENT = f"newswire/{__version__}"
MAX_REDIRECTS = 10
CONNECT_SECONDS = 10.0
FOR_GOOD = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}
MAY_PASS = {408, 425, 429, 500, 502, 503, 504}
BACKOFF = wait_random_exponential(multiplier=0.5, max=20)


class MayPass(FetchError):
    """Something that another try may get past; `after` is how many seconds the server asks to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        """As FetchError."""
        super().__init__(message)
        self.after = after


class Refused(ConfigError):
    """An answer that stays as it is until somebody changes a setting; `status` is the server's."""

    def __init__(self, message: str, status: int) -> None:
        """As ConfigError."""
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave: 200 with a body, or 304. `moved` is the url to ask from now on, if it said so."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    moved: str | None = None


class _NoSecrets(logging.Filter):
    """The HTTP client logs whole URLs; this leaves out what may hold a secret: user, password and parameters."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                arg.copy_with(userinfo=b"", query=None) if isinstance(arg, httpx.URL) else arg for arg in record.args
            )
        return True


NO_SECRETS = _NoSecrets()


class Client:
    """A source's way to the web. Raises FetchError, ConfigError, and Rejected for what is too large."""

    def __init__(self, where: Web, access: Access) -> None:
        """Nothing is asked yet; the connections are closed when the last delivery lets go of it."""
        self._where, self._access = where, access
        credential = where.credential
        self._hidden = (credential.field or "",) if credential and credential.sent_as == "query" else ()
        timeout = httpx.Timeout(where.timeout_seconds, connect=min(CONNECT_SECONDS, where.timeout_seconds))
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"} | where.headers
        logging.getLogger("httpx").addFilter(NO_SECRETS)
        logging.getLogger("httpcore").setLevel(logging.WARNING)  # its traces hold headers
        self._http = httpx.Client(timeout=timeout, headers=headers, follow_redirects=False)
        weakref.finalize(self, self._http.close)

    def clean(self, url: str) -> str:
        """A URL as it may be stored and shown."""
        return clean_url(url, *self._hidden)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """What a URL holds, over redirects, tried again while that may help."""
        tries = Retrying(
            stop=stop_after_attempt(self._where.attempts),
            retry=retry_if_exception_type(MayPass),
            wait=_wait,
            before_sleep=_say,
            reraise=True,
        )
        return tries(self._follow, url, headers or {})

    def _follow(self, url: str, headers: Mapping[str, str]) -> Answer:
        moved: str | None = None
        for_good = True
        for _ in range(MAX_REDIRECTS):
            answer = self._ask(url, headers)
            if answer.status not in REDIRECTS:
                return replace(answer, moved=moved)
            url = urljoin(url, answer.headers["location"])
            for_good = for_good and answer.status in FOR_GOOD
            moved = url if for_good else moved
        raise FetchError(f"{self.clean(url)}: more than {MAX_REDIRECTS} redirects")

    def _ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        """One request, without following where it leads."""
        name = self.clean(url)
        try:
            request = self._http.build_request("GET", url, headers=headers)
        except (httpx.InvalidURL, ValueError):
            raise FetchError(f"{name}: not a URL that can be asked") from None
        if request.url.scheme not in {"http", "https"}:
            raise FetchError(f"{name}: neither https:// nor http://")
        self._sign(request)
        try:
            response = self._http.send(request, stream=True)
            try:
                return self._answer(url, response)
            finally:
                response.close()
        except httpx.TransportError as error:
            raise MayPass(f"{name}: no answer: {type(error).__name__} {error}".rstrip()) from error
        except (zlib.error, EOFError) as error:
            raise MayPass(f"{name}: the packed answer is damaged: {error}") from error

    def _answer(self, url: str, response: httpx.Response) -> Answer:
        name, status = self.clean(url), response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return Answer(status, response.headers, b"", url)
        if status == 304:
            return Answer(status, response.headers, b"", url)
        if status == 200:
            return Answer(status, response.headers, take(self._chunks(response), self._access.max_bytes, name), url)
        raise self._failure(name, response)

    def _chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """The body as it arrives, unpacked; ends with MayPass when it takes too long."""
        raw = self._timed(response)
        packed = response.headers.get("content-encoding", "identity").lower()
        return inflate(raw) if packed in {"gzip", "x-gzip", "deflate"} else raw

    def _timed(self, response: httpx.Response) -> Iterator[bytes]:
        end = time.monotonic() + self._where.deadline_seconds
        for chunk in response.iter_raw():
            yield chunk
            if time.monotonic() > end:
                seconds = self._where.deadline_seconds
                raise MayPass(f"{self.clean(str(response.url))}: still sending after {seconds:g} s (deadline_seconds)")

    def _failure(self, name: str, response: httpx.Response) -> FetchError | ConfigError:
        status = response.status_code
        said = f"{name}: {status} {response.reason_phrase}".rstrip()
        if status in MAY_PASS:
            after = self._retry_after(response)
            if after is not None and after > self._where.longest_wait_seconds:
                return FetchError(
                    f"{said}: to be asked again in {after:.0f} s, which is more than longest_wait_seconds"
                )
            return MayPass(said, after)
        if status in {401, 403, 407}:
            told = self._where.credential
            what = (
                f"check the value of the credential {told.name!r}" if told else "name a credential in the source's TOML"
            )
            return Refused(f"{said}: the server does not let us in; {what}", status)
        if status in {404, 410}:
            return Refused(f"{said}: there is nothing there; check the address in the source's TOML", status)
        return Refused(f"{said}: the server does not take the request; check the source's TOML", status)

    def _retry_after(self, response: httpx.Response) -> float | None:
        """Seconds to wait, told as a number or a date."""
        told = response.headers.get("retry-after", "").strip()
        if told.isdecimal():
            return float(told)
        try:
            when = parsedate_to_datetime(told)
        except ValueError:
            return None
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max(0.0, (when - self._access.now()).total_seconds())

    def _sign(self, request: httpx.Request) -> None:
        """Show the credential, to the source's own host alone."""
        credential = self._where.credential
        if not credential or origin(str(request.url)) != origin(self._where.url):
            return
        value = self._access.secret(credential.name).get_secret_value()
        if credential.sent_as == "bearer":
            request.headers["Authorization"] = f"Bearer {value}"
        elif credential.sent_as == "basic":
            request.headers["Authorization"] = f"Basic {base64.b64encode(value.encode()).decode()}"
        elif credential.sent_as == "header":
            request.headers[credential.field or ""] = value
        else:
            request.url = request.url.copy_set_param(credential.field or "", value)


def media_type(answer: Answer) -> str | None:
    """The media type as told, without its parameters."""
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower() or None


def _wait(state: RetryCallState) -> float:
    """As long as the server asks for, else longer and longer with jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, MayPass) and error.after is not None:
        return error.after
    return float(BACKOFF(state))


def _say(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    log.info("%s; trying again (%d)", error, state.attempt_number)
