"""A bucket of Amazon S3 or of a store that speaks like it: a key is a delivery, its ETag the version."""

import re
from collections.abc import Iterator
from datetime import UTC, date
from fnmatch import fnmatchcase
from functools import partial
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    FlexibleChecksumError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential
from urllib3.exceptions import HTTPError

from pipeline.errors import ConfigError, FetchError, PipelineError
from pipeline.sources import S3, Source, where
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery
from pipeline.wire.limits import STEP, take, too_large

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CONNECT_SECONDS = 10.0
BACKOFF = wait_random_exponential(multiplier=0.5, max=20)
STAYS = {"AccessDenied", "403", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket", "404", "NotFound", "400"}
BROKEN = (HTTPClientError, IncompleteReadError, FlexibleChecksumError, HTTPError)
"""A body that broke off or arrived damaged."""
CODES = {"%Y": ("year", r"\d{4}"), "%m": ("month", r"\d{2}"), "%d": ("day", r"\d{2}")}


def days(source: Source, access: Access) -> list[date]:
    """The days of which the bucket has keys. Raises FetchError, ConfigError."""
    bucket = _Bucket(source, access)
    if bucket.keyed:
        return sorted(bucket.days())
    return sorted({_modified(each) for each in bucket.keys(bucket.where.prefix)})


def fetch(source: Source, day: date, access: Access) -> Iterator[Delivery]:
    """The keys of a day, in the store's order. Raises FetchError, ConfigError."""
    bucket = _Bucket(source, access)
    prefix = f"{day:{bucket.where.prefix}}" if bucket.keyed else bucket.where.prefix
    for each in bucket.keys(prefix):
        if bucket.keyed or _modified(each) == day:
            yield bucket.delivery(each)


class _Bucket:
    """The keys of a source."""

    def __init__(self, source: Source, access: Access) -> None:
        self.where, self._access = where(source, S3), access
        self.keyed = "%" in self.where.prefix
        self._name = f"s3://{self.where.bucket}"
        self._client = _client(self.where, access)

    def days(self) -> set[date]:
        """The days that keys carry: the store lists folders, down to the one that completes the day."""
        steps = re.findall(r"[^/]*/|[^/]+$", self.where.prefix)
        folders, walked = [""], ""
        while "%" in "".join(steps) and steps[0].endswith("/"):
            step = steps.pop(0)
            walked += step
            folders = [each for folder in folders for each in self._below(folder, step)]
        left = "".join(steps)
        if "%" in left:  # the day does not end at a slash: wire/%Y%m%d-
            walked += left
            head = left.partition("%")[0]
            folders = [each["Key"] for folder in folders for each in self.keys(folder + head)]
        return {day for found in map(_pattern(walked).match, folders) if found and (day := _day(found))}

    def keys(self, prefix: str) -> Iterator[Any]:
        """What the store says of each key under a prefix that the glob takes."""
        for page in self._pages(prefix):
            for each in page.get("Contents", []):
                if not each["Key"].endswith("/") and fnmatchcase(each["Key"][len(prefix) :], self.where.glob):
                    yield each

    def delivery(self, told: Any) -> Delivery:
        """A key, read when it is asked for."""
        key, etag = told["Key"], told["ETag"].strip('"')
        return Delivery(
            url=f"{self._name}/{quote(key)}",
            etag=etag,
            media_type=guess_type(key)[0],
            read=partial(self._read, key, told["ETag"], told["Size"]),
        )

    def _below(self, folder: str, step: str) -> Iterator[str]:
        """The folders in a folder that fit a step of the prefix, as `%Y/`."""
        if "%" not in step:
            yield folder + step
            return
        pattern = _pattern(step)
        for page in self._pages(folder, "/"):
            found = (each["Prefix"] for each in page.get("CommonPrefixes", []))
            yield from (each for each in found if pattern.fullmatch(each[len(folder) :]))

    def _pages(self, prefix: str, delimiter: str = "") -> Iterator[Any]:
        lister = self._client.get_paginator("list_objects_v2")
        ask: Any = {"Delimiter": delimiter} if delimiter else {}
        pages = lister.paginate(Bucket=self.where.bucket, Prefix=prefix, **ask)
        try:
            yield from pages
        except (BotoCoreError, ClientError) as error:
            raise self._failure(self._name, error) from error

    def _read(self, key: str, etag: str, size: int) -> bytes:
        """The bytes of a key, tried again when the connection breaks. Raises Rejected, FetchError."""
        name = f"{self._name}/{key}"
        if size > self._access.max_bytes:
            raise too_large(name, self._access.max_bytes, size)
        tries = Retrying(
            stop=stop_after_attempt(self.where.attempts),
            retry=retry_if_exception_type(BROKEN),
            wait=BACKOFF,
            reraise=True,
        )
        try:
            return tries(self._read_once, key, etag, name)
        except (BotoCoreError, ClientError, HTTPError) as error:
            raise FetchError(str(self._failure(name, error))) from error  # of this key, not of the source

    def _read_once(self, key: str, etag: str, name: str) -> bytes:
        body = self._client.get_object(Bucket=self.where.bucket, Key=key, IfMatch=etag)["Body"]
        try:
            return take(body.iter_chunks(STEP), self._access.max_bytes, name)
        finally:
            body.close()

    def _failure(self, name: str, error: Exception) -> PipelineError:
        """What to do about an error of the store."""
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
        told = f"credential {self.where.credential!r}" if self.where.credential else "machine's own AWS credentials"
        if code in {"PreconditionFailed", "412"}:
            return FetchError(f"{name}: changed while it was read; the next run brings it")
        if code in {"NoSuchBucket", "404", "NotFound"} and "/" not in name.removeprefix("s3://"):
            return ConfigError(f"{name}: no such bucket; check `bucket`, `endpoint` and `region` in the source's TOML")
        if code in STAYS or isinstance(error, NoCredentialsError | PartialCredentialsError):
            return ConfigError(
                f"{name}: {code or type(error).__name__}: the store does not let us in; check the {told}"
            )
        return FetchError(f"{name}: {code or type(error).__name__}: {str(error)[:300]}")


def _client(told: S3, access: Access) -> "S3Client":
    """A client with time-outs; it tries again by itself when the store is busy, with backoff and jitter."""
    config = Config(
        connect_timeout=min(CONNECT_SECONDS, told.timeout_seconds),
        read_timeout=told.timeout_seconds,
        retries={"total_max_attempts": told.attempts, "mode": "standard"},
        signature_version=UNSIGNED if told.anonymous else None,
        s3={"addressing_style": "path"} if told.endpoint else None,
    )
    login, _, password = (
        access.secret(told.credential).get_secret_value().partition(":") if told.credential else ("",) * 3
    )
    if told.credential and not password:
        raise ConfigError(f"credential {told.credential!r}: its value is not `key id:secret key`")
    try:
        client: S3Client = boto3.session.Session().client(
            "s3",
            endpoint_url=told.endpoint,
            region_name=told.region or ("us-east-1" if told.endpoint else None),
            aws_access_key_id=login or None,
            aws_secret_access_key=password or None,
            config=config,
        )
    except (BotoCoreError, ValueError) as error:
        raise ConfigError(f"s3://{told.bucket}: {error}") from error
    return client


def _pattern(prefix: str) -> re.Pattern[str]:
    """A prefix as a regular expression that finds the day; %Y may stand twice: %Y/%m/%Y-%m-%d."""
    pattern = ""
    for part in re.split(r"(%[Ymd])", prefix):
        name, digits = CODES.get(part, ("", ""))
        again = f"(?P<{name}>" in pattern
        pattern += re.escape(part) if not name else f"(?P={name})" if again else f"(?P<{name}>{digits})"
    return re.compile(pattern)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _modified(told: Any) -> date:
    return told["LastModified"].astimezone(UTC).date()  # type: ignore[no-any-return]
