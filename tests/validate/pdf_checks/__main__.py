"""Checks PDF documents as a publisher would have to: sound, archival, and readable by those who do not see the page.

In:    arguments of tests/validate/pdf.
Out:   on standard output a line for each document, its faults indented below it, and a summary; the exit code.
Never: writes a file.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import annotations
import claims
import fonts
import marks
import pikepdf
import published
import tags
from tree import Tree


def main(places: list[str]) -> int:
    if not places or any(place.startswith("-") for place in places):
        return unusable("usage: tests/validate/pdf FILE|FOLDER...")
    for place in places:
        if not Path(place).exists():
            return unusable(f"pdf: {place} does not exist")
        if not documents_in(Path(place)):
            return unusable(f"pdf: no document in {place}")
    files = sorted({file for place in places for file in documents_in(Path(place))})

    faulty = 0
    with ProcessPoolExecutor() as pool:
        for file, faults in zip(files, pool.map(faults_of, files)):
            print("FAULT" if faults else "ok   ", file)
            for fault in faults:
                print("     ", fault)
            faulty += bool(faults)
    print(f"pdf: {len(files)} documents, {f'{faulty} with faults' if faulty else 'no faults'}")
    return 1 if faulty else 0


def unusable(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def documents_in(place: Path) -> list[Path]:
    return sorted(place.rglob("*.pdf")) if place.is_dir() else [place]


def faults_of(file: Path) -> list[str]:
    """All that is wrong with one document; a fault found in many places is told once, with the first of them."""
    faults = list(published.faults(file))
    try:
        with pikepdf.open(file) as pdf:
            tree = Tree(pdf)
            for check in (claims, fonts, tags, marks, annotations):
                faults += check.faults(pdf, tree)
    except Exception as error:  # a document can be broken in ways that no check foresees, and that is a fault as well
        faults.append((f"cannot be read to the end: {type(error).__name__}: {error}", ""))

    first: dict[str, str] = {}
    count = Counter(fault for fault, _ in faults)
    for fault, place in faults:
        first.setdefault(fault, place)
    return [told(fault, place, count[fault]) for fault, place in first.items()]


def told(fault: str, place: str, count: int) -> str:
    where = [place] if place else []
    if count > 1:
        where.append(f"and {count - 1} more")
    return f"{fault} [{' '.join(where)}]" if where else fault


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
