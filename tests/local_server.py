"""A web server of the test: it answers as it is told, and remembers what it was asked."""

import contextlib
import gzip
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pydantic import SecretStr

from pipeline.errors import ConfigError
from pipeline.sources import Source
from pipeline.wire import Access

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Server:
    """`pages` maps a path (query and all) to `(status, headers, body)`, a list of them in turn, or a function."""

    url: str = ""
    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def paths(self):
        return [path for path, _ in self.asked]


@contextlib.contextmanager
def serving():
    """A server on 127.0.0.1 until the block ends."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            told.asked.append((self.path, dict(self.headers)))
            page = told.pages.get(self.path, (404, {}, b""))
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def source(where, **settings):
    return Source.model_validate({"name": "desk", "title": "A desk", "where": where, **settings})


def access(secrets=None, memory=None, max_bytes=1_000_000, now=NOW):
    def secret(name):
        if name not in (secrets or {}):
            raise ConfigError(f"no credential {name!r}")
        return SecretStr(secrets[name])

    return Access(now=lambda: now, secret=secret, max_bytes=max_bytes, memory={} if memory is None else memory)


def packed(body):
    return gzip.compress(body, mtime=0)
