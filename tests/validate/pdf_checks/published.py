"""The public validators: qpdf for syntax, Poppler as a reader, page-validation for the rules of PDF/UA-1 and PDF/A-2a.

In:    the path of a document.
Out:   faults, each with its place where the validator tells one.
Never: judges by itself.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import page

PROFILES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}


def faults(file: Path) -> Iterator[tuple[str, str]]:
    # qpdf ends with 3 when it only warns; a warning is a fault as well.
    syntax = run("qpdf", "--check", str(file))
    if syntax.returncode != 0:
        yield f"qpdf: {first_line(syntax.stderr)}", ""

    text = run("pdftotext", "-enc", "UTF-8", str(file), "-")
    if text.returncode != 0 or text.stderr.strip():
        yield f"pdftotext: {first_line(text.stderr)}", ""
    if "\N{REPLACEMENT CHARACTER}" in text.stdout:
        yield "pdftotext: some of the text cannot be told from its glyphs", ""

    for profile, name in PROFILES.items():
        try:
            result = page.validate_pdf(str(file), profile=profile)
        except page.PageError as error:
            yield f"{name}: {error}", ""
            continue
        for failure in result.failures:
            number = failure.object_id.object_number if failure.object_id else None
            yield f"{name}: {failure.rule_id}: {failure.message}", f"object {number}" if number else ""
        if not result.is_compliant and not result.failures:
            yield f"{name}: not met, and the validator gives no reason", ""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


def first_line(complaint: str) -> str:
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    return lines[0] if lines else "ended with an error and no message"
