"""The shape of the structure tree: what may stand in what, headings in order, headers that say what they head.

In:    the structure tree of a document.
Out:   faults, each with the path of the element.
Never: looks at pages; marks does.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array
from tree import Element, Tree, listed

# Elements that hold these and nothing else, text of their own included.
CHILDREN = {
    "L": {"Caption", "L", "LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"Caption", "TOC", "TOCI"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}

# Elements that make sense nowhere else.
PARENTS = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
}

# An empty cell says something; an empty one of these is read out as nothing, or as a blank line.
NEVER_EMPTY = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "LBody", "Table", "TR", "Caption", "Link", "BlockQuote"}

SCOPES = {"/Row", "/Column", "/Both"}


def faults(_pdf: pikepdf.Pdf, tree: Tree) -> Iterator[tuple[str, str]]:
    if tree.root is None:
        yield "there is no structure tree", ""
        return
    yield from tree.unreadable
    for element in tree:
        for fault in faults_of(element):
            yield fault, element.place
    yield from heading_faults([element for element in tree if element.role in NEVER_EMPTY and element.role[0] == "H"])


def faults_of(element: Element) -> Iterator[str]:
    role, above = element.role, element.parent.role if element.parent else "the root"
    if role in PARENTS and above not in PARENTS[role]:
        yield f"{role} stands in {above}"
    if role in CHILDREN:
        for child in element.children:
            if child.role not in CHILDREN[role]:
                yield f"{role} holds {child.role}"
        if element.marks:
            yield f"{role} holds text of its own"
    if role in NEVER_EMPTY and not any(e.marks or e.annotations for e in element):
        yield f"{role} is empty"

    last = len(element.children) - 1
    for index, child in enumerate(element.children):
        if child.role == "Caption" and index not in (0, last):
            yield f"Caption is neither the first nor the last in {role}"
    if role == "H":
        yield "H is used in place of H1 to H6"
    if role == "TH" and attribute(element, "/Scope") not in SCOPES:
        yield "TH has no Scope"
    if role == "Table":
        yield from table_faults(element)
    if role in ("Figure", "Formula") and not str(element.node.get("/Alt", "")).strip():
        yield f"{role} has no Alt"

    parent = element.node.get("/P")
    if element.parent and (parent is None or parent.objgen != element.parent.node.objgen):
        yield "element names another parent than the one that holds it"


def table_faults(table: Element) -> Iterator[str]:
    rows = [element for element in table if element.role == "TR"]
    if not any(cell.role == "TH" for row in rows for cell in row.children):
        yield "Table has no TH"
    sections = [child.role for child in table.children if child.role != "Caption"]
    if sections.count("THead") > 1 or ("THead" in sections and sections[0] != "THead"):
        yield "THead is not the only one, or not before the rows"
    if "TR" in sections and len(set(sections)) > 1:
        yield "Table has rows both in and out of THead and TBody"


def heading_faults(headings: list[Element]) -> Iterator[tuple[str, str]]:
    level = 0
    for heading in headings:
        deeper = int(heading.role[1])
        if deeper > level + 1:
            yield f"{heading.role} comes {f'after H{level}' if level else 'first'}", heading.place
        level = deeper


def attribute(element: Element, key: str) -> str:
    """The value of an attribute, from whichever of the attribute objects of an element has it."""
    for owner in listed(element.node.get("/A")):
        # A number in the array is a revision of the object before it.
        if not isinstance(owner, (int, Array)) and key in owner:
            return str(owner[key])
    return ""
