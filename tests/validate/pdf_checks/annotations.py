"""Annotations, that is links: each is reached in reading order, says where it leads, and belongs to its element.

In:    an open document and its structure tree.
Out:   faults, each with its page or the path of its element.
"""

from collections import Counter
from collections.abc import Iterator

import pikepdf
from tree import Tree

# What an annotation must belong to; all others to Annot.
ROLES = {"/Link": "Link", "/Widget": "Form"}


def faults(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[tuple[str, str]]:
    holders = {annotation: element for element in tree for annotation in element.annotations}
    held = Counter(annotation for element in tree for annotation in element.annotations)
    on_pages = set()
    for number, page in enumerate(pdf.pages, 1):
        annotations = [a for a in page.obj.get("/Annots", []) if a.get("/Subtype") != "/Popup"]
        if annotations and page.obj.get("/Tabs") != "/S":
            yield "annotations are not visited in reading order: Tabs is not S", f"page {number}"
        for annotation in annotations:
            place = f"page {number}, object {annotation.objgen[0]}"
            kind = str(annotation.Subtype)
            on_pages.add(annotation.objgen)
            if not str(annotation.get("/Contents", "")).strip():
                yield "annotation has no Contents that says what it is", place
            holder = holders.get(annotation.objgen)
            if holder is None:
                yield "annotation belongs to no element", place
                continue
            if held[annotation.objgen] > 1:
                yield "annotation belongs to more than one element", place
            if holder.role != ROLES.get(kind, "Annot"):
                yield f"annotation of kind {kind[1:]} belongs to {holder.role}", place
            entry = tree.parents.get(int(annotation.get("/StructParent", -1)))
            if entry is None:
                yield "the parent tree has no entry for an annotation", place
            elif entry.objgen != holder.node.objgen:
                yield "the parent tree leads to another element than the one that holds the annotation", place
    for element in tree:
        if element.role == "Link" and not element.annotations:
            yield "Link has no OBJR that leads to its annotation", element.place
        if element.role == "Link" and not any(e.marks for e in element):
            yield "Link has no text", element.place
        if set(element.annotations) - on_pages:
            yield f"{element.role} refers to an annotation that is on no page", element.place
