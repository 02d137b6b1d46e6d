//! From a flow to pages: where each ends (weighed in `breaks`), what is repeated on the next, what every thing’s place is.
//!
//! In: a [`Flow`]. Out: [`Page`]s of shapes and texts at their places (`page`), each text with its place in the structure, and
//! where the targets of links came to lie. `painting` puts down what has its place. Coordinates are points from the top left
//! corner of the page. Nothing is lost: what fits on no page is cut where it must be.

mod page;
mod painting;

pub(super) use page::{Artifact, Mark, Page, Place, Placed, Shape, Sheets, Text, enlarge};

use super::breaks::{self, Chunk, Division, Start};
use super::flow::{Body, Decoration, Flow, Item};
use super::lines::{Setter, words};
use super::style;
use std::ops::Range;

/// Break a flow into pages; there is always at least one.
pub(super) fn paginate(
    mut flow: Flow,
    sheets: Sheets,
    targets: u32,
) -> (Vec<Page>, Vec<Option<Place>>) {
    let mut decorations = std::mem::take(&mut flow.decorations);
    decorations.sort_by_key(Decoration::order);
    let mut press = Press {
        sheets,
        pages: Vec::new(),
        places: vec![None; targets as usize],
        wide: false,
        y: 0.0,
        after: 0.0,
        fresh: true,
        placed: Vec::new(),
        decorations,
    };
    lay_opening(&mut flow, sheets);
    let mut start = 0;
    while start < flow.items.len() {
        let run = Run::new(&flow, start, sheets);
        start = run.end();
        press.run(&mut flow, run);
    }
    if press.pages.is_empty() {
        press.turn(false);
    }
    press.decorate();
    (press.pages, press.places)
}

/// Where the items end that belong on one page with the one at `start`.
fn end_of_chunk(flow: &Flow, start: usize) -> usize {
    let mut end = start + 1;
    while end < flow.items.len() && flow.items[end - 1].glue {
        end += 1;
    }
    end
}

/// A short opening lies on a landscape page when a wide table follows it: much of an upright page would be empty.
fn lay_opening(flow: &mut Flow, sheets: Sheets) {
    let Some(first) = flow.items.iter().position(|item| item.wide) else {
        return;
    };
    // What is glued to the table lies on its page anyway.
    let begun = (0..first)
        .rev()
        .find(|index| !flow.items[*index].glue)
        .map_or(0, |index| index + 1);
    if flow.height(0..begun) <= sheets.area(true).1 {
        flow.items[..first]
            .iter_mut()
            .for_each(|item| item.wide = true);
    }
}

/// Chunks one after the other on pages of one shape: all that are no higher than a page, or one that is.
struct Run {
    /// Where each chunk begins, and where the last ends: indices of items.
    edges: Vec<usize>,
    wide: bool,
    /// Higher than a page.
    high: bool,
    /// The page ends with the run.
    last: bool,
}

impl Run {
    fn new(flow: &Flow, start: usize, sheets: Sheets) -> Run {
        let mut run = Run {
            edges: vec![start],
            wide: false,
            high: false,
            last: true,
        };
        let mut at = start;
        while at < flow.items.len() {
            let end = end_of_chunk(flow, at);
            let wide = flow.items[at..end].iter().any(|item| item.wide);
            let head = head_of(flow, at).map_or(0.0, |head| flow.height(head));
            let high = head + flow.height(at..end) > sheets.area(wide).1;
            if at == start {
                (run.wide, run.high) = (wide, high);
            } else if wide != run.wide || high || run.high {
                run.last = wide != run.wide;
                break;
            }
            run.edges.push(end);
            at = end;
        }
        run
    }

    fn end(&self) -> usize {
        self.edges.last().copied().unwrap_or_default()
    }

    /// The items of each chunk.
    fn chunks(&self) -> impl Iterator<Item = Range<usize>> {
        self.edges.windows(2).map(|edges| edges[0]..edges[1])
    }

    /// The chunks from one on, as high as they are when white is made so much of itself.
    fn measured(&self, flow: &Flow, page: f32, white: f32, from: usize) -> Vec<Chunk> {
        let chunk = |range: Range<usize>| {
            let (first, last) = (&flow.items[range.start], &flow.items[range.end - 1]);
            Chunk {
                height: flow.height_with(range.clone(), white),
                before: first.before * white,
                after: last.after * white,
                head: repeated(flow, range.start, page).map_or(0.0, |head| flow.height(head)),
                hold: last.hold,
                pause: (first.before / style::HEADINGS[1].1).min(1.0),
            }
        };
        self.chunks().skip(from).map(chunk).collect()
    }
}

struct Press {
    sheets: Sheets,
    pages: Vec<Page>,
    places: Vec<Option<Place>>,
    /// The current page lies on its side.
    wide: bool,
    /// Below the top of the text area.
    y: f32,
    /// White that the last item wants below it.
    after: f32,
    /// Nothing but repeated heads is on the page.
    fresh: bool,
    /// What is on the page: index of the item, top, bottom.
    placed: Vec<(usize, f32, f32)>,
    /// Not all drawn yet, by where they begin.
    decorations: Vec<Decoration>,
}

impl Press {
    fn room(&self) -> f32 {
        self.sheets.area(self.wide).1
    }

    fn gap(&self, item: &Item) -> f32 {
        if self.y == 0.0 {
            0.0
        } else {
            self.after.max(item.before)
        }
    }

    /// Begin a page.
    fn turn(&mut self, wide: bool) {
        self.decorate();
        let (width, height) = self.sheets.sheet(wide);
        self.pages.push(Page {
            width,
            height,
            ground: Vec::new(),
            shapes: Vec::new(),
            pictures: Vec::new(),
            texts: Vec::new(),
            links: Vec::new(),
        });
        self.wide = wide;
        self.y = 0.0;
        self.after = 0.0;
        self.fresh = true;
    }

    /// Chunks on pages of one shape.
    fn run(&mut self, flow: &mut Flow, run: Run) {
        let first = run.edges[0];
        if self.pages.is_empty() || self.wide != run.wide {
            self.turn(run.wide);
            self.repeat_head(flow, first);
        }
        if run.high {
            for index in run.chunks().flatten() {
                self.alone(flow, index);
            }
            return;
        }
        let starts = self.division(flow, &run).starts;
        let mut starts = starts.into_iter().peekable();
        for (number, range) in run.chunks().enumerate() {
            if starts.next_if_eq(&number).is_some() {
                self.turn(run.wide);
                self.repeat_head(flow, range.start);
            }
            for index in range {
                self.place(flow, index);
            }
        }
    }

    /// The division of a run into pages. Where the last page holds little, the pages before it are set with less white if
    /// that spares it.
    fn division(&self, flow: &mut Flow, run: &Run) -> Division {
        let page = self.room();
        let above = run.edges[0].checked_sub(1);
        let start = Start {
            y: self.y,
            after: self.after,
            hold: above.map_or(0.0, |above| flow.items[above].hold),
        };
        let mut chunks = run.measured(flow, page, 1.0, 0);
        let whole = breaks::divide(&chunks, page, start, run.last);
        let pages = whole.starts.len();
        if !run.last || pages == 0 || whole.filled > style::TIGHT_TAIL {
            return whole;
        }
        let first = pages.checked_sub(style::TIGHT_PAGES);
        let first = first.map_or(0, |page| whole.starts[page]);
        for white in style::TIGHT_WHITE {
            chunks.truncate(first);
            chunks.extend(run.measured(flow, page, white, first));
            let tight = breaks::divide(&chunks, page, start, run.last);
            if tight.starts.len() < pages {
                flow.tighten(run.edges[first]..run.end(), white);
                return tight;
            }
        }
        whole
    }

    /// An item of a chunk that no page can hold.
    fn alone(&mut self, flow: &mut Flow, index: usize) {
        let item = &flow.items[index];
        if self.y + self.gap(item) + item.height <= self.room() {
            return self.place(flow, index);
        }
        let head = head_of(flow, index).map_or(0.0, |head| flow.height(head));
        let whole = head + item.height <= self.room();
        if !self.fresh
            && (whole || !matches!(item.body, Body::Row(_)) || self.room() - self.y < 60.0)
        {
            self.turn(self.wide);
            self.repeat_head(flow, index);
        }
        let item = &flow.items[index];
        if whole || !matches!(item.body, Body::Row(_)) {
            return self.place(flow, index);
        }
        self.cut_row(flow, index);
    }

    /// A row that is higher than a page: as much of each cell as fits, the rest on the pages that follow.
    fn cut_row(&mut self, flow: &mut Flow, index: usize) {
        let Body::Row(row) = &flow.items[index].body else {
            return;
        };
        let ends: Vec<usize> = row.cells.iter().map(|cell| cell.flow.items.len()).collect();
        let mut from = vec![0; ends.len()];
        loop {
            let gap = self.gap(&flow.items[index]);
            let Body::Row(row) = &flow.items[index].body else {
                return;
            };
            let (mut ranges, mut used) = row.cut(&from, self.room() - self.y - gap);
            if ranges.iter().all(Range::is_empty) {
                if !self.fresh {
                    self.turn(self.wide);
                    self.repeat_head(flow, index);
                    continue;
                }
                // Nothing fits on a page of its own: one item a cell must go on, or none ever would.
                for (range, end) in ranges.iter_mut().zip(&ends) {
                    range.end = (range.start + 1).min(*end);
                }
                used = row
                    .cells
                    .iter()
                    .zip(&ranges)
                    .map(|(cell, range)| cell.flow.height(range.clone()))
                    .fold(0.0, f32::max);
            }
            let top = self.y + gap;
            let done = ranges
                .iter()
                .zip(&ends)
                .all(|(range, end)| range.end == *end);
            if flow.items[index].table.is_some() && from.first() == ends.first() {
                used = used.max(self.continued(flow, index, top));
            }
            self.row(flow, index, &ranges, (top, used), done);
            from = ranges.iter().map(|range| range.end).collect();
            self.y = top + used;
            self.after = flow.items[index].after;
            self.fresh = false;
            self.placed.push((index, top, self.y));
            if done {
                return;
            }
            self.turn(self.wide);
            self.repeat_head(flow, index);
        }
    }

    /// The first cell of a row that goes on from the page before, and that it does; the height of both.
    fn continued(&mut self, flow: &mut Flow, index: usize, top: f32) -> f32 {
        let room = self.room();
        let (left, above) = self.origin();
        let Body::Row(row) = &flow.items[index].body else {
            return 0.0;
        };
        let Some(cell) = row.cells.first() else {
            return 0.0;
        };
        let Some(x) = cell.flow.items.iter().find_map(|item| match &item.body {
            Body::Line(x, _) => Some(*x),
            _ => None,
        }) else {
            return 0.0;
        };
        if cell.height > room / 4.0 {
            return 0.0;
        }
        let first = top + row.ends;
        self.paint_cell(&cell.flow, 0..cell.flow.items.len(), first, true);
        // The short form where the column has no room for the word.
        let room = row.cells.get(1).and_then(|next| next.x).unwrap_or(f32::MAX) - x - 4.0;
        let line = [style::CONTINUED, style::CONTINUED_SHORT]
            .map(|word| words(word, style::CONTINUED_TYPE, &mut Setter::bundled()))
            .into_iter()
            .reduce(|long, short| if long.width > room { short } else { long })
            .unwrap_or_default();
        let height = cell.height + line.height;
        self.line(line, x + left, first + cell.height + above, true);
        height + 2.0 * row.ends
    }

    /// The head of the table again, when the page begins inside it.
    fn repeat_head(&mut self, flow: &mut Flow, index: usize) {
        let Some(head) = repeated(flow, index, self.room()) else {
            return;
        };
        for index in head {
            let item = &flow.items[index];
            let top = self.y;
            if let Body::Row(row) = &item.body {
                let ranges: Vec<Range<usize>> = row
                    .cells
                    .iter()
                    .map(|cell| 0..cell.flow.items.len())
                    .collect();
                self.paint_row(row, &ranges, (top, item.height), true, true);
            }
            self.y += item.height;
        }
        self.after = 0.0;
    }

    fn place(&mut self, flow: &mut Flow, index: usize) {
        let gap = self.gap(&flow.items[index]);
        let top = self.y + gap;
        let height = flow.items[index].height;
        let page = self.pages.len() - 1;
        for target in std::mem::take(&mut flow.items[index].targets) {
            self.reach(target, page, top);
        }
        let (left, above) = self.origin();
        match &mut flow.items[index].body {
            Body::Line(x, line) => {
                let line = std::mem::take(line);
                self.line(line, *x + left, top + above, false);
            }
            Body::Row(row) => {
                let ranges: Vec<Range<usize>> = row
                    .cells
                    .iter()
                    .map(|cell| 0..cell.flow.items.len())
                    .collect();
                self.row(flow, index, &ranges, (top, height), true);
            }
            Body::Rule {
                x,
                width,
                thickness,
                colour,
            } => {
                let (upright, current) = (self.sheets.area(false).0, self.sheets.area(self.wide).0);
                // The rule above a heading, from margin to margin, stays one on a landscape page.
                let is_whole = *width == upright && *thickness == style::RULE_THICKNESS;
                let shape = Shape::Fill {
                    x: *x + left,
                    y: top + above,
                    width: if is_whole { current } else { *width },
                    height: *thickness,
                    colour: *colour,
                };
                self.page().shapes.push(shape);
            }
            Body::Figure {
                x,
                width,
                figure,
                words,
            } => {
                let area = (*x + left, top + above, *width, height);
                let figure = (figure.picture, figure.slot, figure.link);
                let words = std::mem::take(words);
                self.figure(figure, area, words);
            }
            Body::Space => {}
        }
        self.y = top + height;
        self.after = flow.items[index].after;
        self.fresh = false;
        self.placed.push((index, top, self.y));
    }

    fn reach(&mut self, target: u32, page: usize, top: f32) {
        let (_, above) = self.origin();
        if let Some(place) = self.places.get_mut(target as usize)
            && place.is_none()
        {
            *place = Some((page, top + above));
        }
    }

    fn origin(&self) -> (f32, f32) {
        (self.sheets.side(self.wide), style::MARGIN_TOP)
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.turn(false);
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

/// The head to repeat above an item: that of its table, unless the item is itself part of it.
fn head_of(flow: &Flow, index: usize) -> Option<Range<usize>> {
    let head = flow.heads.get(flow.items.get(index)?.table?)?.clone();
    (!head.is_empty() && index >= head.end).then_some(head)
}

/// The head that is repeated above an item at the top of a page: none that takes half of it.
fn repeated(flow: &Flow, index: usize, page: f32) -> Option<Range<usize>> {
    head_of(flow, index).filter(|head| flow.height(head.clone()) <= page * 0.5)
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::{blocks, flow, tree};
    use super::*;

    fn set(html: &str) -> (Vec<Page>, Vec<Option<Place>>) {
        let content = blocks::blocks(
            &tree::read(&format!("<main>{html}</main>")).content,
            style::BLUE.ink,
        );
        let sheets = Sheets::new(&Furniture::default());
        let area = sheets.area(false);
        let measure = flow::Measure {
            x: 0.0,
            width: area.0,
            page: area.1,
            wide: sheets.area(true),
            cell: false,
            turns: true,
        };
        let column = super::super::set(content.blocks, measure, &mut Setter::bundled());
        paginate(column, sheets, content.targets)
    }

    /// Left, top, right, bottom of the letters of a text, without what rises above or hangs below the most of them.
    fn area(text: &Text) -> [f32; 4] {
        let top = text.y - text.piece.size * 0.5;
        [text.x, top, text.x + text.piece.ink, text.y]
    }

    #[test]
    fn nothing_leaves_the_text_area_or_touches_anything_else() {
        let rows =
            "<tr><td>cell with <b>some words</b> in it<td><ul><li>one<li>two</ul>".repeat(90);
        for html in [
            &format!(
                "<h1>Title</h1><table><tr><th>a<th>b{rows}</table><div class=note>{}</div>",
                "<p>more words</p>".repeat(60)
            ),
            include_str!("../../../../tests/cases/pdf/stress.html"),
            include_str!("../../../../tests/cases/pdf/plan.html"),
            include_str!("../../../../tests/cases/pdf/charts.html"),
        ] {
            let (pages, _) = set(html);
            for (number, page) in pages.iter().enumerate() {
                let side = Sheets::new(&Furniture::default()).side(page.width > page.height) - 0.1;
                let bottom = page.height - style::MARGIN_BOTTOM + 0.1;
                let areas: Vec<[f32; 4]> = page.texts.iter().map(area).collect();
                for (text, [x, top, right, y]) in page.texts.iter().zip(&areas) {
                    let words = &text.piece.text;
                    assert!(
                        *x >= side && *right <= page.width - side,
                        "{number}: {words}"
                    );
                    assert!(
                        *top > style::MARGIN_TOP && *y <= bottom,
                        "{number}: {words}"
                    );
                    let touched = areas.iter().filter(|[left, above, end, below]| {
                        right.min(*end) - x.max(*left) > 1.0
                            && y.min(*below) - top.max(*above) > 1.0
                    });
                    // Itself.
                    assert_eq!(
                        touched.count(),
                        usize::from(right - x > 1.0),
                        "{number}: {words}"
                    );
                }
            }
        }
    }

    #[test]
    fn numbers_end_where_their_column_ends() {
        let (pages, _) = set(
            "<table><tr><th>Place<th class=end>Calls a day<th class=middle>Rate<tr><td>North<td class=end>4<td class=middle>7\
             <tr><td>South<td class=end>1,324<td class=middle>23</table>",
        );
        let areas = |words: &str| {
            let mut texts = pages[0].texts.iter();
            area(texts.find(|text| text.piece.text == words).unwrap())
        };
        let [head, one, other] = ["Calls a day", "4", "1,324"].map(areas);
        assert!((one[2] - other[2]).abs() < 1.0 && (one[2] - head[2]).abs() < 1.0);
        assert!(one[0] > other[0] + 5.0);
        let [head, one, other] = ["Rate", "7", "23"].map(|words| {
            let [left, _, right, _] = areas(words);
            (left + right) / 2.0
        });
        assert!((one - other).abs() < 1.0 && (one - head).abs() < 1.0);
        assert!((areas("North")[0] - areas("South")[0]).abs() < 1.0);
    }

    /// The page on which each text stands, and its left edge.
    fn found(pages: &[Page], words: &str) -> Vec<(usize, f32)> {
        let pages = pages.iter().enumerate();
        let texts = pages.flat_map(|(page, set)| set.texts.iter().map(move |text| (page, text)));
        let texts = texts.filter(|(_, text)| text.piece.text.trim() == words);
        texts.map(|(page, text)| (page, text.x)).collect()
    }

    #[test]
    fn a_number_is_broken_only_where_numbers_alone_do_not_fit() {
        for columns in [3, 13, 18] {
            let cells = |tag: &str, words: &str| format!("<{tag}>{words}").repeat(columns);
            let table = format!(
                "<table><tr><th>Force{}<tr><td>Northmere{}</table>",
                cells("th", "Jan"),
                cells("td", "1,234")
            );
            let (pages, _) = set(&format!("<ul><li>A list:{table}</ul>"));
            assert_eq!(found(&pages, "1,234").len(), columns, "{columns}");
            let (pages, _) = set(&table);
            assert_eq!(pages[0].width > pages[0].height, columns > 3, "{columns}");
            assert_eq!(found(&pages, "1,234").len(), columns, "{columns}");
            assert_eq!(found(&pages, "Northmere").len(), 1, "{columns}");
        }
        // Where the page cannot be turned, words are broken before a number is.
        let cells = "<td>Accountability".repeat(8);
        let (pages, _) = set(&format!(
            "<div class=action><table><tr><td>1,234,567{cells}<tr><td>Words{cells}</table></div>"
        ));
        assert_eq!(found(&pages, "1,234,567").len(), 1);
        assert!(pages[0].width < pages[0].height);
    }

    #[test]
    fn little_on_a_last_page_is_brought_back_by_less_white() {
        for (paragraphs, pages) in [(28, 1), (31, 1), (40, 2), (60, 2), (80, 3)] {
            let (set, _) = set(&"<p>line</p>".repeat(paragraphs));
            assert_eq!(set.len(), pages, "{paragraphs}");
        }
    }

    #[test]
    fn an_opening_lies_on_a_landscape_page_when_it_fits_on_one() {
        let table = format!(
            "<h2>Plan</h2><table class=wide><tr><th>a<th>b<tr><td>c<td>{}</table>",
            "<p>d</p>".repeat(15)
        );
        for (paragraphs, wide) in [(5, true), (17, true), (24, false)] {
            let (pages, _) = set(&("<p>line</p>".repeat(paragraphs) + &table));
            assert_eq!(pages[0].width > pages[0].height, wide, "{paragraphs}");
        }
    }

    #[test]
    fn a_matter_is_parted_above_its_update_rather_than_leave_a_page_empty() {
        let matter =
            "<p>Line</p>".repeat(4) + "<p class=by><b>Update</b></p><p>Said</p><p>State</p>";
        let matters = format!("<div class=arising>{matter}</div>").repeat(12);
        for above in 0..12 {
            let (pages, _) = set(&("<p>Above</p>".repeat(above) + &matters));
            let (updates, states) = (found(&pages, "Update"), found(&pages, "State"));
            let pages_of = |texts: &[(usize, f32)]| -> Vec<usize> {
                texts.iter().map(|(page, _)| *page).collect()
            };
            assert_eq!(pages_of(&updates), pages_of(&states), "{above}");
            let lowest = |page: &Page| page.texts.iter().map(|text| text.y).fold(0.0, f32::max);
            for page in &pages[..pages.len() - 1] {
                let room = page.height - style::MARGIN_TOP - style::MARGIN_BOTTOM;
                let white = (page.height - style::MARGIN_BOTTOM - lowest(page)) / room;
                assert!(white < 0.2, "{above}: {white}");
            }
        }
    }

    #[test]
    fn a_list_of_pairs_or_a_small_table_that_fits_on_a_page_is_on_one() {
        let pairs = "<dl class=facts>".to_owned() + &"<dt>Term<dd>Said".repeat(8) + "</dl>";
        let table =
            "<table><tr><th>a<th>b".to_owned() + &"<tr><td>Term<td>c".repeat(6) + "</table>";
        for (html, above) in [(pairs, 23), (table, 23)] {
            let (pages, _) = set(&format!(
                "{}<h2>Head</h2>{html}{}",
                "<p>Above</p>".repeat(above),
                "<p>Below</p>".repeat(20)
            ));
            let terms = found(&pages, "Term");
            assert!(pages.len() == 2 && terms.len() >= 6);
            assert!(
                terms.iter().all(|(page, _)| *page == terms[0].0),
                "{terms:?}"
            );
        }
    }

    #[test]
    fn no_pair_of_a_list_is_alone_on_a_page() {
        let pairs = "<dl class=facts>".to_owned() + &"<dt>Term<dd>Said".repeat(20) + "</dl>";
        for above in 0..30 {
            let (pages, _) = set(&format!("{}{pairs}", "<p>Above</p>".repeat(above)));
            let terms = found(&pages, "Term");
            for page in 0..pages.len() {
                let here = terms.iter().filter(|(of, _)| *of == page).count();
                assert_ne!(here, 1, "{above}");
            }
        }
    }

    #[test]
    fn tables_with_the_same_head_have_the_same_columns() {
        let table = |head: &str, words: &str| {
            format!("<table><tr><th>Ref<th>{head}<th>Last<tr><td>1<td>{words}<td>short</table>")
        };
        let (pages, _) = set(&[
            table("Action", "few words"),
            table("Action", &"many words ".repeat(30)),
            table("Reason", "few words"),
        ]
        .concat());
        let last: Vec<f32> = found(&pages, "Last").iter().map(|(_, x)| *x).collect();
        assert_eq!(last.len(), 3);
        assert_eq!(last[0], last[1]);
        assert_ne!(last[0], last[2]);
    }

    #[test]
    fn targets_are_where_their_text_is() {
        let (_, places) = set(&format!(
            "<p id=a>x</p><p><a href=#a>a</a><a href=#b>b</a></p>{}<p id=b>y</p>",
            "<p>z</p>".repeat(80)
        ));
        let found: Vec<usize> = places.iter().flatten().map(|(page, _)| *page).collect();
        assert_eq!(found, [0, 2]);
    }

    #[test]
    fn an_empty_document_is_one_empty_page() {
        let (pages, _) = set("");
        assert_eq!(pages.len(), 1);
        assert!(pages[0].texts.is_empty());
    }

    #[test]
    fn a_frame_over_two_pages_is_drawn_on_both() {
        let (pages, _) = set(&format!(
            "<div class=notice>{}</div>",
            "<p>line</p>".repeat(50)
        ));
        assert_eq!(pages.len(), 2);
        assert!(pages.iter().all(|page| page.shapes.len() == 4));
    }
}
