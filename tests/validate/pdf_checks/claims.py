"""What a document says about itself: that it is tagged, its language, its title, its bookmarks, the standards it claims.

In:    an open document and its structure tree.
Out:   faults.
Never: checks whether a claim is true; the other checks do.
"""

from collections.abc import Iterator

import pikepdf
from tree import Tree

CLAIMS = {
    "{http://www.aiim.org/pdfua/ns/id/}part": ("1", "pdfuaid:part"),
    "{http://www.aiim.org/pdfa/ns/id/}part": ("2", "pdfaid:part"),
    "{http://www.aiim.org/pdfa/ns/id/}conformance": ("A", "pdfaid:conformance"),
}


def faults(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[tuple[str, str]]:
    catalogue = pdf.Root
    if not catalogue.get("/MarkInfo", {}).get("/Marked", False):
        yield "MarkInfo does not say that the document is tagged", ""
    if not str(catalogue.get("/Lang", "")).strip():
        yield "Lang is missing", ""
    if not catalogue.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "DisplayDocTitle is not set, so that a reader shows the file name instead of the title", ""
    has_headings = any(element.role.startswith("H") for element in tree)
    if len(pdf.pages) > 1 and has_headings and "/First" not in catalogue.get("/Outlines", {}):
        yield "there are headings and more than one page, but no bookmarks", ""

    if "/Metadata" not in catalogue:
        yield "XMP is missing", ""
        return
    xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    if not str(xmp.get("dc:title", "")).strip():
        yield "XMP dc:title is missing", ""
    for key, (value, name) in CLAIMS.items():
        if str(xmp.get(key, "")) != value:
            yield f"XMP {name} is not {value}", ""
