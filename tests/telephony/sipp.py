"""People who call, and a server, played by `sipp` over loopback: scenarios that are put together here."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = ("baresip", "sipp")
PATIENCE_S = 20
REALM = "tong-dai"
SDP = """v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
"""


def free_port() -> int:
    """One that nobody uses over UDP or TCP, nor the next one, which SIP takes for TLS."""
    while True:
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free,
            socket.socket() as too,
            socket.socket() as tls,
        ):
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
            try:
                too.bind(("127.0.0.1", port))
                tls.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def _send(text: str, repeat: bool = False) -> str:
    again = ' retrans="500"' if repeat else ""
    return f"<send{again}><![CDATA[\n{text}]]></send>"


def _ask(method: str, count: int, tag: str = "[peer_tag_param]", more: str = "", body: str = "") -> str:
    via = "[last_Via:]" if method == "CANCEL" else "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]"
    text = f"""{method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{via}
From: "Ông Bảy" <sip:[number]@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>{tag}
Call-ID: [call_id]
CSeq: {count} {method}
Contact: <sip:[number]@[local_ip]:[local_port]>
Max-Forwards: 70
{more}Content-Length: [len]

{body}"""
    return _send(text, repeat=method in ("INVITE", "BYE", "NOTIFY"))


def _say(line: str, more: str = "", tag: str = "", body: str = "", repeat: bool = False) -> str:
    text = f"""SIP/2.0 {line}
[last_Via:]
[last_From:]
[last_To:]{tag}
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[number]@[local_ip]:[local_port]>
{more}Content-Length: [len]

{body}"""
    return _send(text, repeat)


TYPE = "Content-Type: application/sdp\n"
CALLS = (
    _ask("INVITE", 1, tag="", more=TYPE, body=SDP)
    + '<recv response="100" optional="true"/>\n<recv response="180" {}/>\n'
)
TALKS = CALLS.format('optional="true"') + '<recv response="200"/>' + _ask("ACK", 1)
ASKED = """<recv request="INVITE" optional="true" next="held"/>
<recv request="REFER" optional="true" next="handed"/>
<recv request="BYE" next="over"/>
"""
NOTIFIED = (
    _ask(
        "NOTIFY", 2, body="SIP/2.0 200 OK\n",
        more="Event: refer\nSubscription-State: terminated\nContent-Type: message/sipfrag\n",
    )
    + '<recv response="200"/>'
)  # fmt: skip


def _waits(to_refer: str, then: str = "") -> str:
    """Lets itself be held and resumed, and answers so when it is handed on."""
    held = _say("200 OK", TYPE, body=SDP, repeat=True) + '<recv request="ACK"/>' + ASKED
    handed = _say(to_refer) + then + '<recv request="BYE"/>'
    return (
        TALKS + ASKED + '<label id="held"/>' + held + '<label id="handed"/>' + handed
        + '<label id="over"/>' + _say("200 OK")
    )  # fmt: skip


def _challenge() -> str:
    return (
        f'WWW-Authenticate: Digest realm="{REALM}", nonce="47ebe028cda119c35d4877b383027d28", algorithm=MD5\n'
    )


WHO_CALLS = {
    "waits": _waits("603 Decline"),
    "goes where they are sent": _waits("202 Accepted", NOTIFIED),
    "hangs up": TALKS + _ask("BYE", 2) + '<recv response="200"/>',
    "gives up": CALLS.format("") + _ask("CANCEL", 1, tag="") + '<recv response="200"/><recv response="487"/>'
    + _ask("ACK", 1),
}  # fmt: skip
WHO_IS_CALLED = {
    "busy": '<recv request="INVITE"/>' + _say("486 Busy Here", tag=";tag=[call_number]", repeat=True)
    + '<recv request="ACK"/>',
    "answers": '<recv request="INVITE"/>' + _say("180 Ringing", tag=";tag=[call_number]")
    + _say("200 OK", TYPE, ";tag=[call_number]", SDP, repeat=True)
    + '<recv request="ACK"/><recv request="BYE"/>' + _say("200 OK"),
    "registers": '<recv request="REGISTER"/>' + _say("401 Unauthorized", _challenge(), ";tag=[call_number]")
    + '<recv request="REGISTER"><action><verifyauth assign_to="known" username="ban03" password="[number]"/>'
    '</action></recv><nop test="known" next="known"/>' + _say("403 Forbidden", tag=";tag=[call_number]")
    + '<recv request="REGISTER" next="end"/><label id="known"/>'
    + _say("200 OK", "Expires: 300\n", ";tag=[call_number]") + '<recv request="REGISTER"/>'
    + _say("200 OK", "Expires: 0\n", ";tag=[call_number]") + '<label id="end"/>',
}  # fmt: skip


@contextmanager
def played(
    scenario: str, folder: Path, *more: str, number: str = "0905123456", port: int = 0
) -> Iterator[Any]:
    """sipp while it plays; ended afterwards."""
    assert all(map(shutil.which, PROGRAMS)), "apt-get install baresip-core sip-tester"
    file = folder / f"{free_port()}.xml"
    file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="x">\n{scenario}\n</scenario>', "utf-8"
    )
    own, media = port or free_port(), free_port()
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        ["sipp", "-sf", str(file), "-m", "1", "-s", "ban03", "-i", "127.0.0.1", "-p", str(own),
         "-mp", str(media), "-key", "number", number, "-timeout", str(PATIENCE_S), "-nostdin", *more],
        stdin=silent, stdout=silent, stderr=silent, cwd=folder,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
