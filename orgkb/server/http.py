"""The server: this machine only, one origin, answers only to those who know the token."""

from __future__ import annotations

import hashlib
import hmac
import socket
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from orgkb import review
from orgkb.errors import OrgkbError, UsageError
from orgkb.exporter import Resource
from orgkb.server.desk import Desk
from orgkb.server.pages import STYLE

HOST = "127.0.0.1"
MAX_BODY = 64 * 1024
"""Bytes of one answer."""
_BEAT = 20.0
"""Seconds after which a listener is told that nothing has changed, which shows whether it is still there."""
_SCRIPTS = {"/live.js": "live.js", "/review.js": "review.js"}
_ALONE = "default-src 'none'"
_SAFE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page of the review sends."""

    key: str
    option: str
    text: str = ""


class Server(ThreadingHTTPServer):
    """Serves what DESK knows on 127.0.0.1."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, desk: Desk, port: int, token: str) -> None:
        """PORT 0 is any that is free.  UsageError where PORT is taken."""
        self.desk = desk
        self.token = token
        self.ending = False
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"port {port} cannot be used: {reason}; choose another with --port") from error
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))
        self.origins = frozenset(f"http://{host}" for host in self.hosts)

    @property
    def url(self) -> str:
        """Where the notes are."""
        return f"http://{HOST}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind without asking a name server for the name of this machine."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nothing to tell."""

    def end(self) -> None:
        """Stop serving; listeners are let go."""
        self.ending = True
        self.desk.wake()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60
    server_version = "orgkb"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a page, a file, or the stream of changes."""
        if not self._is_ours():
            return
        path = unquote(urlsplit(self.path).path)
        if path == "/events":
            self._events()
            return
        try:
            found = self._own(path) or self.server.desk.get(path)
        except OrgkbError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
            return
        if found is None:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")
        else:
            self._send(HTTPStatus.OK, found)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def do_POST(self) -> None:
        """Take an answer of the review."""
        self.close_connection = True  # what was not read of the body must not be taken for a request
        if not self._is_ours():
            return
        token = self.headers.get("X-Orgkb-Token", "")
        # A browser names its origin with every POST; who has none is no browser, and has no token either.
        if self.headers.get("Origin") not in self.server.origins or not hmac.compare_digest(
            token.encode(), self.server.token.encode()
        ):
            self._refuse(HTTPStatus.FORBIDDEN, "only the page of the review may do this; load it again")
            return
        if urlsplit(self.path).path != "/review" or self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.BAD_REQUEST, "this is no answer")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "this is too long for an answer")
            return
        try:
            answer = msgspec.json.decode(self.rfile.read(int(length)), type=_Answer)
        except msgspec.DecodeError:
            self._refuse(HTTPStatus.BAD_REQUEST, "this is no answer")
            return
        self._answer(answer)

    def _answer(self, answer: _Answer) -> None:
        desk = self.server.desk
        try:
            applied = desk.answer([review.Answer(answer.key, answer.option, answer.text)])
        except OrgkbError as error:
            self._json(HTTPStatus.CONFLICT, {"error": str(error)})
            return
        if applied.problems:
            self._json(HTTPStatus.CONFLICT, {"error": applied.problems[0].message})
        else:
            self._json(HTTPStatus.OK, {"said": f"written to {desk.settings.name}", "version": desk.version})

    def _is_ours(self) -> bool:
        """Whether the request is for this server by name, and comes from no other site; else it is refused.

        The name is checked because a page of another site can have its own name lead to 127.0.0.1.
        """
        origin = self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "none")
        followed = self.command == "GET" and self.headers.get("Sec-Fetch-Mode") == "navigate"
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "this server answers to 127.0.0.1 and localhost only")
        elif (origin is not None and origin not in self.server.origins) or (
            site not in {"same-origin", "none"} and not followed
        ):
            self._refuse(HTTPStatus.FORBIDDEN, "other sites may not ask here")
        else:
            return True
        return False

    def _own(self, path: str) -> Resource | None:
        if path in _SCRIPTS:
            return Resource(_file(_SCRIPTS[path]), "text/javascript; charset=utf-8", _ALONE)
        if path == STYLE:
            return Resource(_file("desk.css"), "text/css; charset=utf-8", _ALONE)
        return None

    def _events(self) -> None:
        """The version of now, and again whenever it changes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers("text/event-stream", _ALONE)
        self.end_headers()
        known = -1
        while not self.server.ending:
            version = self.server.desk.wait(known, _BEAT)
            self.wfile.write(b": still here\n\n" if version == known else f"data: {version}\n\n".encode())
            self.wfile.flush()
            known = version

    def _send(self, status: HTTPStatus, resource: Resource) -> None:
        tag = f'"{hashlib.blake2b(resource.data, digest_size=16).hexdigest()}"'
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._headers(resource.kind, resource.policy)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(status)
        self._headers(resource.kind, resource.policy)
        self.send_header("Content-Length", str(len(resource.data)))
        if status == HTTPStatus.OK:
            self.send_header("ETag", tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(resource.data)

    def _headers(self, kind: str, policy: str) -> None:
        for name, value in {"Content-Type": kind, "Content-Security-Policy": policy, **_SAFE}.items():
            self.send_header(name, value)

    def _json(self, status: HTTPStatus, value: object) -> None:
        self._send(status, Resource(msgspec.json.encode(value), "application/json", _ALONE))

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        if self.headers.get_content_type() == "application/json":
            self._json(status, {"error": why})
        else:
            self._send(status, Resource(f"{why}\n".encode(), "text/plain; charset=utf-8", _ALONE))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it replaces
        """Say nothing: the terminal tells of builds."""


@cache
def _file(name: str) -> bytes:
    return (resources.files("orgkb.server") / name).read_bytes()
