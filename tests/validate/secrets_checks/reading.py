"""Every text that a file holds, however it is kept.

In:    a file.
Out:   pairs of how it was read and a text.
"""

import base64
import binascii
import gzip
import html
import re
import subprocess
import zlib
from pathlib import Path
from urllib.parse import unquote

import pikepdf


def views(file: Path):
    data = file.read_bytes()
    yield from of_bytes(data)
    if data[:1024].find(b"%PDF-") >= 0:
        yield from of_pdf(file)
    if data.startswith(b"\x1f\x8b"):
        yield from of_bytes(gzip.decompress(data))


def of_bytes(data: bytes):
    yield "bytes", data.decode("latin-1")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    for encoding in ("utf-16-be", "utf-16-le"):
        if b"\0" in data:
            yield encoding, data.decode(encoding, "ignore")
    yield "text", text
    plain = unquote(html.unescape(text))
    yield "entities", re.sub(r"<[^<>]*>", "", plain)
    yield "tags", plain
    yield "escapes", re.sub(r"\\(?:u\{?|x)([0-9a-fA-F]{2,6})\}?", of_number, plain)
    yield "style", re.sub(r"\\([0-9a-fA-F]{1,6}) ?", of_number, plain)
    # Long lines of a calendar and of mail go on behind a space.
    for run in re.findall(rb"[A-Za-z0-9+/]{12,}={0,2}", re.sub(rb"\r?\n ?", b"", data)):
        yield "base64", decoded(run)
    for run in re.findall(rb"(?:[0-9a-fA-F]{2}\s*){6,}", data):
        yield "hexadecimal", of_string(bytes.fromhex(run.decode()))


def of_number(hit: re.Match) -> str:
    number = int(hit.group(1), 16)
    return chr(number) if number < 0x110000 else ""


def decoded(run: bytes) -> str:
    run = run.rstrip(b"=")
    try:
        data = base64.b64decode(run + b"=" * (-len(run) % 4) if len(run) % 4 != 1 else run[:-1])
    except binascii.Error:
        return ""
    return data.decode("utf-8", "ignore")


def of_pdf(file: Path):
    data = file.read_bytes()
    # Without asking the tables of the file: what is in no table may still be there.
    for start in re.finditer(rb"stream\r?\n", data):
        try:
            inflated = zlib.decompressobj().decompress(data[start.end() :])
        except zlib.error:
            continue
        yield "stream", inflated.decode("latin-1")
        yield from of_strings(inflated)
    yield from of_strings(data)
    with pikepdf.open(file) as pdf:
        for thing in pdf.objects:
            yield from of_object(thing)
        yield from of_object(pdf.trailer)
    for command in (
        ["pdftotext", "-enc", "UTF-8", str(file), "-"],
        ["pdftotext", "-enc", "UTF-8", "-raw", str(file), "-"],
        ["pdfinfo", "-enc", "UTF-8", "-struct-text", str(file)],
        ["pdfinfo", "-enc", "UTF-8", str(file)],
        ["pdfinfo", "-meta", str(file)],
        ["pdfinfo", "-dests", str(file)],
        ["pdfinfo", "-url", str(file)],
    ):
        told = subprocess.run(command, capture_output=True, check=False)
        yield " ".join(command[:-1][:4]), told.stdout.decode("utf-8", "replace")


def of_object(thing, depth: int = 0):
    """Every string, name and stream in an object; what it refers to is an object of its own."""
    if depth > 40 or (depth and getattr(thing, "is_indirect", False)):
        return
    match thing:
        case pikepdf.Stream():
            try:
                data = thing.read_bytes()
            except pikepdf.PdfError:
                data = thing.read_raw_bytes()
            yield "stream of an object", data.decode("latin-1")
            yield "stream of an object", data.decode("utf-8", "ignore")
            yield from of_object(thing.stream_dict, depth + 1)
        case pikepdf.Dictionary():
            for name, value in thing.items():
                yield "name", name
                yield from of_object(value, depth + 1)
        case pikepdf.Array():
            for value in thing:
                yield from of_object(value, depth + 1)
        case pikepdf.String():
            yield "string", of_string(bytes(thing))
        case pikepdf.Name():
            yield "name", str(thing)


def of_strings(data: bytes):
    """The strings of a content stream, or of a file that is not compressed."""
    strings = []
    for hit in re.finditer(rb"<([0-9a-fA-F\s]*)>|\(((?:[^()\\]|\\.)*)\)", data, re.DOTALL):
        if hit.group(1) is not None:
            digits = re.sub(rb"\s", b"", hit.group(1)).decode()
            strings.append(bytes.fromhex(digits + "0" * (len(digits) % 2)))
        else:
            strings.append(re.sub(rb"\\([0-7]{1,3})", lambda octal: bytes([int(octal[1], 8) % 256]), hit.group(2)))
    yield "strings", "".join(map(of_string, strings))


def of_string(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")
