"""Looks for secrets in files of any kind, knowing nothing of how they were made.

In:    arguments of tests/validate/secrets.
Out:   on standard output a line for each file that holds a secret, with where the secret was planted, and a summary.
Never: writes a file.
"""

import json
import re
import sys
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import reading


def main(arguments: list[str]) -> int:
    planted = arguments[:1] == ["--planted"]
    places = [Path(place) for place in arguments[planted:]]
    if len(places) < 2 or not all(place.exists() for place in places):
        return unusable("usage: tests/validate/secrets [--planted] LIST FOLDER...")
    files = [(file, place) for place in places[1:] for file in sorted(place.rglob("*")) if file.is_file()]
    if not files:
        return unusable("secrets: there is no file to look into")

    faulty = 0
    with ProcessPoolExecutor(initializer=learn, initargs=(places[0],)) as pool:
        for (file, _), found in zip(files, pool.map(found_in, files, chunksize=8)):
            if planted and not found:
                print("MISSED", file)
            elif found and not planted:
                print("SECRET", file)
            for view, place in found[: 0 if planted else 20]:
                print(f"       {view}: {place}")
            faulty += bool(found) != planted
    what = "were not seen through" if planted else "hold secrets"
    print(f"secrets: {len(files)} files, of which {faulty} {what}")
    return 1 if faulty else 0


def unusable(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def learn(listed: Path) -> None:
    """Reads the list once in each process: what is sought, and where each was planted."""
    global PLACES, SOUGHT
    PLACES = {}
    for secret in json.loads(listed.read_text("utf-8")):
        for forms in secret["words"]:
            PLACES |= {squashed(form): secret["place"] for form in forms}
    SOUGHT = re.compile(tree_of(PLACES))


def tree_of(words) -> str:
    """An expression that finds any of the words, without trying them one after the other."""
    tree: dict = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return expression(tree)


def expression(tree: dict) -> str:
    # Where a word ends, a longer one that begins with it says nothing more.
    if not tree or "" in tree:
        return ""
    branches = [re.escape(letter) + expression(rest) for letter, rest in tree.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def found_in(pair: tuple[Path, Path]) -> list[tuple[str, str]]:
    """The secrets in a file: how it was read, and where the secret was planted."""
    file, place = pair
    found = {}
    views = [("its name", str(file.relative_to(place)))]
    for view, text in [*views, *reading.views(file)]:
        for hit in SOUGHT.finditer(squashed(text)):
            found.setdefault(PLACES[hit.group()], view)
    return [(view, secret) for secret, view in found.items()]


def squashed(text: str) -> str:
    """The letters and digits alone: no case, no accent, no ligature, no space, nothing unseen."""
    if text.isascii():
        return re.sub(r"[^a-z0-9]+", "", text.lower())
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
