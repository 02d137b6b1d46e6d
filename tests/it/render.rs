//! Whole documents against goldens: Markdown, HTML, and the PDF as text and as a structure tree.
