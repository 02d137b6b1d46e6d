"""The structure tree of a document, read once for all the checks: its elements, and what each of them refers to.

In:    an open document.
Out:   a Tree of Elements, and the parent tree as a plain dict; what could not be read is in Tree.unreadable.
Never: judges whether the tree is a good one; tags, marks and annotations do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Object

STANDARD_ROLES = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private "
    "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot "
    "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)

Id = tuple[int, int]
"""Number and generation of an indirect object."""

Mark = tuple[Id, int]
"""A piece of content: the page or form that draws it, and its MCID there."""


@dataclass
class Element:
    node: Object
    role: str
    """The standard role, after the role map."""
    place: str
    """The path from the root, as in Document/Table 2/TR 3, for people."""
    parent: Element | None
    children: list[Element] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    annotations: list[Id] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child


class Tree:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.root = pdf.Root.get("/StructTreeRoot")
        self.top: list[Element] = []
        self.parents: dict[int, Object] = {}
        self.unreadable: list[tuple[str, str]] = []
        self._seen: set[Id] = set()
        if self.root is None:
            return
        self._role_map = {str(k): str(v) for k, v in self.root.get("/RoleMap", Dictionary()).items()}
        for node in listed(self.root.get("/K")):
            self._read(node, None, self.top)
        if "/ParentTree" in self.root:
            self.parents = dict(number_tree(self.root.ParentTree))

    def __iter__(self) -> Iterator[Element]:
        for element in self.top:
            yield from element

    def _read(self, node: Object, parent: Element | None, siblings: list[Element]) -> None:
        role = self._standard_role(node)
        above = parent.place if parent else ""
        place = f"{above}/{role} {1 + sum(s.role == role for s in siblings)}".lstrip("/")
        if node.objgen == (0, 0):
            self.unreadable.append(("element is not an object of its own, so that nothing can refer to it", place))
        elif node.objgen in self._seen:
            self.unreadable.append(("element is in the tree twice", place))
            return
        self._seen.add(node.objgen)
        if role not in STANDARD_ROLES:
            self.unreadable.append((f"role {role} is neither standard nor mapped to one that is", place))

        element = Element(node, role, place, parent)
        siblings.append(element)
        for kid in listed(node.get("/K")):
            if isinstance(kid, int):
                self._mark(element, kid, node.get("/Pg"))
            elif kid.get("/Type") == "/MCR":
                self._mark(element, int(kid.MCID), kid.get("/Stm") or kid.get("/Pg") or node.get("/Pg"))
            elif kid.get("/Type") == "/OBJR":
                element.annotations.append(kid.Obj.objgen)
            else:
                self._read(kid, element, element.children)

    def _mark(self, element: Element, number: int, owner: Object | None) -> None:
        if owner is None:
            self.unreadable.append(("element does not say on which page its content is", element.place))
        else:
            element.marks.append((owner.objgen, number))

    def _standard_role(self, node: Object) -> str:
        role, tried = str(node.S), set()
        while role[1:] not in STANDARD_ROLES and role in self._role_map and role not in tried:
            tried.add(role)
            role = self._role_map[role]
        return role[1:]


def listed(value: Object | None) -> list:
    """What PDF writes as nothing, as one thing, or as an array of things."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def number_tree(node: Object) -> Iterator[tuple[int, Object]]:
    numbers = list(node.get("/Nums", []))
    yield from zip(map(int, numbers[::2]), numbers[1::2])
    for kid in node.get("/Kids", []):
        yield from number_tree(kid)
