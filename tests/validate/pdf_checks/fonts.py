"""Fonts: each travels inside the document and says which characters its glyphs stand for.

In:    an open document.
Out:   faults, each with the name of the font.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Object
from tree import Id, Tree


def faults(pdf: pikepdf.Pdf, _tree: Tree) -> Iterator[tuple[str, str]]:
    seen: set[Id] = set()
    for page in pdf.pages:
        for font in fonts_in(page.resources, seen):
            name = str(font.get("/BaseFont", font.get("/Name", "without a name")))
            if font.Subtype != "/Type3" and not is_embedded(font):
                yield "font is not embedded", name
            if "/ToUnicode" not in font:
                yield "font has no ToUnicode, so that its text cannot be read aloud or searched", name


def fonts_in(resources: Object, seen: set[Id]) -> Iterator[Object]:
    """The fonts of a page and of the forms that it draws; none twice."""
    for font in resources.get("/Font", {}).values():
        if is_new(font, seen):
            yield font
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form" and "/Resources" in form and is_new(form, seen):
            yield from fonts_in(form.Resources, seen)


def is_new(thing: Object, seen: set[Id]) -> bool:
    if thing.objgen == (0, 0):
        return True
    known = thing.objgen in seen
    seen.add(thing.objgen)
    return not known


def is_embedded(font: Object) -> bool:
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
