"""Whether tags and pages fit: everything drawn is tagged once or declared an artifact, and the ways back are complete.

In:    an open document and its structure tree.
Out:   faults, each with its page.
Never: judges what an element is; tags does.
"""

from collections import Counter
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object
from tree import Id, Mark, Tree

SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
DRAWS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}

ARTIFACT = "artifact"


def faults(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[tuple[str, str]]:
    drawn = Drawn()
    for number, page in enumerate(pdf.pages, 1):
        drawn.read(page.obj, page.resources, f"page {number}")
    yield from drawn.faults

    tagged = Counter(mark for element in tree for mark in element.marks)
    for element in tree:
        for mark in element.marks:
            if mark not in drawn.marks:
                yield f"{element.role} refers to content that is not drawn", element.place
    for mark, place in drawn.marks.items():
        if tagged[mark] == 0:
            yield "content has a number that no element refers to", f"{place}, MCID {mark[1]}"
        elif tagged[mark] > 1:
            yield "content belongs to more than one element", f"{place}, MCID {mark[1]}"
    yield from parent_tree_faults(drawn, tree)


def parent_tree_faults(drawn: "Drawn", tree: Tree) -> Iterator[tuple[str, str]]:
    """From each piece of content there must be a way back to its element, and no way to anywhere else."""
    owners = {mark: element.node.objgen for element in tree for mark in element.marks}
    used: Counter[int] = Counter()
    for owner, place in drawn.owners.values():
        marks = [mark for mark in drawn.marks if mark[0] == owner.objgen]
        key = owner.get("/StructParents")
        if key is None:
            if marks:
                yield "StructParents is missing", place
            continue
        used[int(key)] += 1
        entries = tree.parents.get(int(key))
        entries = list(entries) if isinstance(entries, Array) else []
        found = {(owner.objgen, i): entry.objgen for i, entry in enumerate(entries) if entry is not None}
        for mark in marks:
            if mark not in found:
                yield "the parent tree has no entry for content", f"{place}, MCID {mark[1]}"
            elif mark in owners and found[mark] != owners[mark]:
                yield "the parent tree leads to another element than the one that holds the content", f"{place}, MCID {mark[1]}"
        for mark in found.keys() - set(marks):
            yield "the parent tree has an entry for content that is not drawn", f"{place}, MCID {mark[1]}"
    for key, count in used.items():
        if count > 1:
            yield "two pages share one entry of the parent tree", f"StructParents {key}"
    if tree.parents and int(tree.root.get("/ParentTreeNextKey", 1 + max(tree.parents))) <= max(tree.parents):
        yield "ParentTreeNextKey is already taken", ""


class Drawn:
    """What the pages draw: every marked piece of content, who draws it and on which page."""

    def __init__(self) -> None:
        self.marks: dict[Mark, str] = {}
        self.owners: dict[Id, tuple[Object, str]] = {}
        self.faults: list[tuple[str, str]] = []

    def read(self, owner: Object, resources: Object, place: str, inside: str | int | None = None) -> None:
        """Reads a page or a form; `inside` is what encloses it: an artifact, a piece of content (its MCID), or nothing."""
        again = owner.objgen in self.owners
        self.owners[owner.objgen] = (owner, place)
        open_marks: list[str | int | None] = [inside]
        for instruction in pikepdf.parse_content_stream(owner):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BMC", "BDC"):
                open_marks.append(self._opened(owner, resources, operands, open_marks[-1], place, again))
            elif operator == "EMC":
                if len(open_marks) == 1:
                    self.faults.append(("marked content ends that never began", place))
                else:
                    open_marks.pop()
            elif operator in SHOWS_TEXT | DRAWS and open_marks[-1] is None:
                kind = "text" if operator in SHOWS_TEXT else "a drawing"
                self.faults.append((f"{kind} is neither tagged nor an artifact", place))
            elif operator == "Do":
                self._draw(resources.get("/XObject", {})[str(operands[0])], resources, open_marks[-1], place)
        if len(open_marks) > 1:
            self.faults.append(("marked content begins and never ends", place))

    def _opened(self, owner: Object, resources: Object, operands: list, inside: str | int | None, place: str, again: bool):
        properties = operands[1] if len(operands) > 1 else Dictionary()
        if isinstance(properties, pikepdf.Name):
            properties = resources.get("/Properties", {}).get(str(properties), Dictionary())
        number = properties.get("/MCID")
        if number is None:
            if operands[0] != "/Artifact":
                return inside  # a span inside a piece of content: a language, an expansion
            if isinstance(inside, int):
                self.faults.append(("artifact inside tagged content", f"{place}, MCID {inside}"))
            return ARTIFACT

        mark = (owner.objgen, int(number))
        if inside is not None:
            self.faults.append((f"tagged content inside {'an artifact' if inside == ARTIFACT else 'other tagged content'}", place))
        if mark in self.marks:
            fault = "a form with tagged content is drawn more than once" if again else "two pieces of content have the same number"
            self.faults.append((fault, f"{place}, MCID {number}"))
        self.marks[mark] = place
        return int(number)

    def _draw(self, drawn: Object, resources: Object, inside: str | int | None, place: str) -> None:
        if drawn.get("/Subtype") == "/Form":
            self.read(drawn, drawn.get("/Resources", resources), place, inside)
        elif inside is None:
            self.faults.append(("an image is neither tagged nor an artifact", place))
