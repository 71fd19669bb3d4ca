"""Hand an import to the central server: an administrator signs in, asks what would change, then applies."""

from typing import Any, TypeVar

import msgspec
import requests

from console.protocol.wire import (
    HEADER_PROTOCOL,
    PROTOCOL,
    ImportChange,
    Problem,
    ReferenceAnswer,
    ReferenceItem,
    TokenAnswer,
    TokenRequest,
)

T = TypeVar("T")

TIMEOUT_S = (5, 120)  # connect, read: a whole province of boundaries takes a while


class NotPosted(Exception):
    """The server did not take it. The text is a Vietnamese sentence; `code` is the server's or our own."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Server:
    """One signed-in administrator at one server."""

    def __init__(self, url: str, request: TokenRequest) -> None:
        self._base = url.rstrip("/") + "/api/v1"
        self._headers = {HEADER_PROTOCOL: str(PROTOCOL), "Content-Type": "application/json"}
        answer = _read(self._call("POST", "/auth/token", request), TokenAnswer)
        self._headers["Authorization"] = f"Bearer {answer.access}"

    def reference(self) -> ReferenceAnswer:
        """All reference data that the server has."""
        return _read(self._call("GET", "/reference?after=0"), ReferenceAnswer)

    def post(self, items: tuple[ReferenceItem, ...], *, dry_run: bool) -> list[ImportChange]:
        """What changes (or would, in a dry run), one line for each item."""
        path = "/reference?dry_run=true" if dry_run else "/reference"
        return _read(self._call("POST", path, {"items": items}), list[ImportChange])

    def _call(self, method: str, path: str, body: Any = None) -> bytes:
        data = msgspec.json.encode(body) if body is not None else None
        try:
            answer = requests.request(
                method, self._base + path, data=data, headers=self._headers, timeout=TIMEOUT_S
            )
        except requests.RequestException as error:
            raise NotPosted(
                "offline", f"Không kết nối được máy chủ {self._base}. Kiểm tra địa chỉ, mạng."
            ) from error
        if not answer.ok:
            raise _refused(answer)
        return answer.content


def _read(answer: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(answer, type=shape)
    except msgspec.DecodeError as error:
        raise NotPosted(
            "unreadable", "Địa chỉ này trả lời không phải máy chủ tổng đài. Kiểm tra --server."
        ) from error


def _refused(answer: requests.Response) -> NotPosted:
    try:
        problem = msgspec.json.decode(answer.content, type=Problem)
    except msgspec.DecodeError:
        problem = Problem(title=answer.reason, status=answer.status_code, code="unknown")
    hint = {
        401: "Sai người dùng, mật khẩu hoặc khóa bàn trực; kiểm tra và thử lại.",
        403: "Người dùng này không có quyền quản trị; dùng tài khoản quản trị.",
    }.get(answer.status_code, "Chưa có gì thay đổi; sửa theo lời máy chủ rồi thử lại.")
    return NotPosted(
        problem.code, f"Máy chủ từ chối ({answer.status_code}, {problem.title}: {problem.detail}). {hint}"
    )
