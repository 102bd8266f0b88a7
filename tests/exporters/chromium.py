"""Drives a headless Chromium through its debugging pipe: real pages, keys and pixels without a driver to install."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

BINARY = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(BINARY is None or os.name == "nt", reason="no Chromium is installed")

SAYS_READY = "document.documentElement?.dataset.ready === 'true'"
LOADED = "document.readyState === 'complete' && location.href !== 'about:blank'"
_KEYS = {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Enter": 13, "Escape": 27, "Tab": 9}
_PATIENCE = 60.0  # seconds for one answer: the machine may be busy


class Chromium:
    """A browser with one tab, without network."""

    def __enter__(self) -> Self:
        assert BINARY is not None
        self._home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()

        def hand_over() -> None:  # the pipe's ends are 3 and 4 by Chromium's rule
            a, b = os.dup(to_browser), os.dup(from_browser)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self._process = subprocess.Popen(
            [
                BINARY,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--remote-debugging-pipe",
                f"--user-data-dir={self._home.name}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=hand_over,  # noqa: PLW1509 - no thread runs yet; nothing else sets descriptors 3 and 4
        )
        os.close(to_browser)
        os.close(from_browser)
        self._pending = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []
        self._session = ""
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Performance"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)
        self._home.cleanup()

    def open(
        self, url: str, *, width: int = 1280, height: int = 800, dark: bool = False, ready: str = SAYS_READY
    ) -> None:
        """Load URL in a window of that size and wait until READY holds: by default, until the page says so."""
        self.events.clear()
        self.call("Page.navigate", url="about:blank")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = "dark" if dark else "light"
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url=url)
        self.wait(ready)

    def run_first(self, script: str) -> None:
        """Run SCRIPT at the begin of every page that is opened from now on."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def dialogs(self) -> list[str]:
        """The messages of the dialogs that the page opened."""
        return [e["params"]["message"] for e in self.events if e["method"] == "Page.javascriptDialogOpening"]

    def on_paper(self) -> None:
        """Show the page as it is printed, the system being dark."""
        features = [{"name": "prefers-color-scheme", "value": "dark"}]
        self.call("Emulation.setEmulatedMedia", media="print", features=features)

    def run(self, script: str) -> Any:
        """The value of the expression SCRIPT in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until the expression CONDITION holds."""
        end = time.monotonic() + _PATIENCE
        while not self._holds(condition):
            assert time.monotonic() < end, f"never became true: {condition}"
            time.sleep(0.02)

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.run(condition))
        except AssertionError as error:
            if "navigated" in str(error) or "context was destroyed" in str(error):
                return False  # the page is just being loaded again
            raise

    def press(self, *keys: str) -> None:
        """Press KEYS one after another: letters, or names such as `Enter`."""
        for key in keys:
            code = _KEYS.get(key, ord(key.upper()) if len(key) == 1 and key.isalnum() else 0)
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            event = {"key": key, "windowsVirtualKeyCode": code}
            self.call("Input.dispatchKeyEvent", type="keyDown", **event, **text)
            self.call("Input.dispatchKeyEvent", type="keyUp", **event)
        self.settle()

    def click(self, x: float, y: float) -> None:
        """Press and release the mouse at X, Y."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.settle()

    def move(self, x: float, y: float) -> None:
        """Move the mouse to X, Y."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.settle()

    def run_in_frame(self, address: str, script: str) -> Any:
        """The value of SCRIPT in the frame whose address begins with ADDRESS; None while there is none.

        A frame of another origin, as of a blob in a local file, has a process of its own.
        """
        page, self._session = self._session, ""
        try:
            found = [
                t
                for t in self.call("Target.getTargets")["targetInfos"]
                if t["type"] == "iframe" and t["url"].startswith(address)
            ]
            if not found:
                return None
            attached = self.call("Target.attachToTarget", targetId=found[0]["targetId"], flatten=True)
            self._session = attached["sessionId"]
            return self.run(script)
        finally:
            self._session = page

    def settle(self) -> None:
        """Wait until the page has painted."""
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def screenshot(self, path: Path) -> bytes:
        """The window as PNG, written to PATH too."""
        self.settle()
        data = base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])
        path.write_bytes(data)
        return data

    def printed(self) -> bytes:
        """The page as the printer gets it, as PDF."""
        return base64.b64decode(self.call("Page.printToPDF")["data"])

    def complaints(self) -> list[str]:
        """What the page wrote to the console, logged, or failed with."""
        kinds = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}
        return [json.dumps(event["params"]) for event in self.events if event["method"] in kinds]

    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        found = [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [url for url in found if url != "about:blank"]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to METHOD of the browser's debugging protocol."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer)
                result: dict[str, Any] = answer["result"]
                return result
            if "method" in answer:
                self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self._read], [], [], _PATIENCE)
            assert ready, "Chromium does not answer"
            chunk = os.read(self._read, 1 << 20)
            assert chunk, "Chromium has ended"
            self._pending += chunk
        message, _, self._pending = self._pending.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer
