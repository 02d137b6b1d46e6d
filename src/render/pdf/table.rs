//! Tables: from a grid of cells to rows of a flow.
//!
//! Column widths come from what the cells hold. Each row becomes one item of the flow; rows that a cell covers together
//! become one item. Rows know how to be cut where a page ends, `pages` decides where.

use std::ops::Range;

use rayon::prelude::*;

use super::blocks;
use super::flow::{
    Extent, Flow, Item, Measure, Prepared, extent, figures, prepare as prepare_blocks,
    set as set_blocks, shrink, widths,
};
use super::lines::{Missing, Setter};
use super::style;

/// A row of cells beside each other.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<SetCell>,
    /// White above and below the cells.
    pub(super) ends: f32,
    /// A hairline below: from where, how long.
    pub(super) line_below: Option<(f32, f32)>,
    /// The last row of a table's head.
    pub(super) head: bool,
    /// Heads the rows below it: on a tint.
    pub(super) heading: bool,
}

/// A cell that is set.
#[derive(Debug)]
pub(super) struct SetCell {
    /// Below the top of the row, without the white above the cells.
    pub(super) y: f32,
    pub(super) flow: Flow,
    pub(super) height: f32,
    /// Left edge of its text.
    pub(super) x: Option<f32>,
    /// What is left of the rows that it covers, below it.
    pub(super) slack: f32,
    /// A hairline below this cell alone, where the row is several rows of the grid.
    pub(super) line: Option<(f32, f32, f32)>,
}

impl Row {
    /// A row of columns, each with its left edge and its width.
    pub(super) fn of(columns: Vec<(Vec<Prepared>, f32, f32)>, ends: f32, measure: Measure) -> Row {
        let cells = columns
            .into_iter()
            .map(|(blocks, x, width)| set_cell(blocks, x, width, measure))
            .collect();
        Row {
            cells,
            ends,
            line_below: None,
            head: false,
            heading: false,
        }
    }

    /// One row of the grid, and not several that a cell covers together.
    pub(super) fn is_simple(&self) -> bool {
        self.cells
            .iter()
            .all(|cell| cell.y == 0.0 && cell.line.is_none())
    }

    /// Height with the white above and below.
    pub(super) fn height(&self) -> f32 {
        self.cells
            .iter()
            .map(|cell| cell.y + cell.height)
            .fold(0.0, f32::max)
            + 2.0 * self.ends
    }

    /// The items of each cell, from the given ones on, that fit into a height; and the height that they take.
    pub(super) fn cut(&self, from: &[usize], room: f32) -> (Vec<Range<usize>>, f32) {
        let mut used: f32 = 0.0;
        let ranges = self
            .cells
            .iter()
            .zip(from)
            .map(|(cell, from)| {
                let mut end = *from;
                while end < cell.flow.items.len()
                    && cell.flow.height(*from..end + 1) <= room - 2.0 * self.ends
                {
                    end += 1;
                }
                // Prefer an end where a page may end.
                let mut good = end;
                while good > *from && good < cell.flow.items.len() && cell.flow.items[good - 1].glue
                {
                    good -= 1;
                }
                let end = if good > *from { good } else { end };
                used = used.max(cell.flow.height(*from..end));
                *from..end
            })
            .collect();
        (ranges, used + 2.0 * self.ends)
    }
}

fn set_cell(blocks: Vec<Prepared>, x: f32, width: f32, measure: Measure) -> SetCell {
    let mut flow = Flow::default();
    set_blocks(
        blocks,
        Measure {
            x,
            width,
            cell: true,
            ..measure
        },
        &mut flow,
    );
    if let Some(last) = flow.items.last_mut() {
        last.after = 0.0;
        last.glue = false;
    }
    let height = flow.height(0..flow.items.len());
    SetCell {
        y: 0.0,
        flow,
        height,
        x: Some(x),
        slack: 0.0,
        line: None,
    }
}

/// A table whose text is shaped.
#[derive(Debug)]
pub(super) struct PreparedTable {
    caption: Vec<Prepared>,
    columns: usize,
    rows: Vec<Vec<PreparedCell>>,
    /// Which rows head those below them.
    headings: Vec<bool>,
    head: usize,
    wide: bool,
    ends: f32,
    /// It was turned or made smaller as its words need it.
    fitted: bool,
    /// Widths of its columns, when it shares them with other tables.
    pub(super) shared: Option<Vec<f32>>,
}

#[derive(Debug)]
struct PreparedCell {
    blocks: Vec<Prepared>,
    widths: (f32, f32),
    extent: Extent,
    /// The least width without breaking a number.
    figures: f32,
    column: usize,
    columns: usize,
    rows: usize,
}

/// Shape the text of a table.
pub(super) fn prepare(table: blocks::Table, setter: &mut Setter<'_>) -> PreparedTable {
    let headings = table.rows.iter().map(|row| row.heading).collect();
    let all = &*setter;
    let rows: Vec<(Vec<PreparedCell>, Vec<Missing>)> = table
        .rows
        .into_par_iter()
        .map(|row| {
            let mut setter = all.another();
            let cells = row.cells.into_iter();
            let cells = cells.map(|cell| prepare_cell(cell, &mut setter)).collect();
            (cells, setter.missing)
        })
        .collect();
    let rows = rows
        .into_iter()
        .map(|(cells, more)| {
            setter.missing.extend(more);
            cells
        })
        .collect();
    PreparedTable {
        caption: prepare_blocks(table.caption, setter),
        columns: table.columns,
        rows,
        headings,
        head: table.head,
        wide: table.wide,
        ends: match table.dense {
            true => style::DENSE_ENDS,
            false => style::CELL_ENDS,
        },
        fitted: false,
        shared: None,
    }
}

/// Make room for the words of tables that have the same head, as they are set one below the other: where the longest word
/// of each column does not fit beside the others, they are turned on their side, and where that is not enough their type
/// is made smaller.
pub(super) fn fit(tables: &mut [&mut PreparedTable], measure: Measure) {
    if measure.cell || tables.iter().any(|table| table.fitted) {
        return;
    }
    let whole: Vec<&PreparedTable> = tables.iter().map(|table| &**table).collect();
    let need: f32 = words(&whole).iter().sum();
    let wide = whole.iter().any(|table| table.wide) || (measure.turns && need > measure.width);
    let room = if wide { measure.wide.0 } else { measure.width };
    let count = whole.first().map_or(1, |table| table.columns);
    let white: f32 = (0..count).map(|column| gutter(column, count)).sum();
    let by = ((room - white) / (need - white).max(1.0)).max(style::LEAST_TABLE / style::TABLE.size);
    for table in tables {
        table.wide = wide;
        table.fitted = true;
        if by < 1.0 {
            table.shrink(by);
        }
    }
}

impl PreparedTable {
    /// Make the type of the cells smaller.
    pub(super) fn shrink(&mut self, by: f32) {
        for cell in self.rows.iter_mut().flatten() {
            shrink(&mut cell.blocks, by);
            cell.measure();
        }
    }
}

impl PreparedCell {
    fn measure(&mut self) {
        self.widths = widths(&self.blocks);
        self.extent = extent(&self.blocks);
        self.figures = figures(&self.blocks);
    }
}

/// Widths of the columns of tables that have the same head: each as wide as all of them together need it. None where
/// the longest words of all of them leave too little room to share.
pub(super) fn shared_columns(tables: &[&PreparedTable], measure: Measure) -> Option<Vec<f32>> {
    let wide = tables.iter().any(|table| table.wide);
    let measure = if wide { measure.wide.0 } else { measure.width };
    let least: f32 = bounds(tables, measure).0.iter().sum();
    (least <= measure * style::SHARED_WORDS).then(|| columns(tables, measure))
}

fn prepare_cell(cell: blocks::Cell, setter: &mut Setter<'_>) -> PreparedCell {
    let mut prepared = PreparedCell {
        blocks: prepare_blocks(cell.blocks, setter),
        widths: (0.0, 0.0),
        extent: Extent::default(),
        figures: 0.0,
        column: cell.column,
        columns: cell.columns,
        rows: cell.rows,
    };
    prepared.measure();
    prepared
}

/// Widths of a table that is set inside a cell, one cell below the other.
pub(super) fn linear_widths(table: &PreparedTable) -> (f32, f32) {
    let cells = table.rows.iter().flatten().map(|cell| cell.widths);
    cells
        .chain([widths(&table.caption)])
        .fold((0.0, 0.0), |a: (f32, f32), b| (a.0.max(b.0), a.1.max(b.1)))
}

/// The room that a table needs that is set inside a cell.
pub(super) fn linear_extent(table: &PreparedTable) -> Extent {
    let cells = table.rows.iter().flatten().map(|cell| cell.extent);
    cells.fold(extent(&table.caption), Extent::and)
}

/// Set a table.
pub(super) fn set(mut table: PreparedTable, measure: Measure, flow: &mut Flow) {
    let caption = std::mem::take(&mut table.caption);
    let start = flow.items.len();
    if measure.cell {
        set_blocks(caption, measure, flow);
        for cell in table.rows.into_iter().flatten() {
            set_blocks(cell.blocks, measure, flow);
        }
        return;
    }
    fit(&mut [&mut table], measure);
    let measure = if table.wide {
        Measure {
            width: measure.wide.0,
            page: measure.wide.1,
            x: 0.0,
            ..measure
        }
    } else {
        measure
    };
    set_blocks(caption, measure, flow);
    // All of the caption stays with the table, however many paragraphs it has.
    for item in flow.items.get_mut(start..).unwrap_or_default() {
        item.glue = true;
    }
    if let Some(last) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut) {
        last.after = 3.0;
    }
    let number = flow.heads.len();
    let head_start = flow.items.len();
    flow.heads.push(head_start..head_start);
    let lengths = match table.shared.take() {
        Some(lengths) => lengths,
        None => columns(&[&table], measure.width),
    };
    let mut edges = vec![measure.x];
    for width in &lengths {
        edges.push(edges.last().copied().unwrap_or(0.0) + width);
    }
    let head = table.head;
    let mut rows: Vec<Option<Vec<PreparedCell>>> = table.rows.into_iter().map(Some).collect();
    let mut index = 0;
    while index < rows.len() {
        // Rows that a cell covers together.
        let mut end = index + 1;
        let mut at = index;
        while at < end {
            let reach = rows[at]
                .iter()
                .flatten()
                .map(|cell| at + cell.rows)
                .max()
                .unwrap_or(at + 1);
            end = end.max(reach).min(rows.len());
            at += 1;
        }
        let group: Vec<Vec<PreparedCell>> = rows[index..end]
            .iter_mut()
            .filter_map(Option::take)
            .collect();
        for (mut row, last) in set_rows(group, &edges, table.ends, measure) {
            row.head = head > 0 && last && end == head;
            row.heading = end == index + 1 && table.headings[index];
            let heading = row.heading && end < rows.len();
            row.line_below = Some((measure.x, measure.width));
            let mut item = Item::row(row.height(), row);
            item.table = Some(number);
            // The head stays with the first row below it.
            item.glue = end <= head || heading;
            flow.items.push(item);
        }
        if end == head {
            flow.heads[number] = head_start..flow.items.len();
        }
        index = end;
    }
    // No row stands alone with a repeated head.
    let body = flow.heads[number].end.max(head_start)..flow.items.len();
    if body.len() > 2 {
        for index in [body.start, body.end - 2] {
            let pair = flow.items[index].height + flow.items[index + 1].height;
            flow.items[index].glue |= pair <= measure.page * 0.3;
        }
    }
    let low = flow.height(start..flow.items.len()) <= measure.page * style::HELD_TABLE;
    let hold = if low {
        style::HOLD_TABLE
    } else {
        style::HOLD_ROWS
    };
    flow.hold(start..flow.items.len(), hold);
    if let Some(item) = flow.items.get_mut(start) {
        item.before = item.before.max(style::BLOCK_GAP * 0.6);
    }
    if let Some(item) = flow.items.last_mut() {
        item.after = style::BLOCK_GAP * 1.4;
    }
    if table.wide {
        flow.items[start..]
            .iter_mut()
            .for_each(|item| item.wide = true);
    }
}

/// Set a group of rows as one row, or as several when it is too high for a page; true for the last.
fn set_rows(
    group: Vec<Vec<PreparedCell>>,
    edges: &[f32],
    ends: f32,
    measure: Measure,
) -> Vec<(Row, bool)> {
    let count = group.len();
    let last_column = edges.len() - 1;
    let mut set: Vec<Vec<(SetCell, usize, usize, usize)>> = Vec::new();
    for cells in group {
        let row = cells
            .into_iter()
            .map(|cell| {
                let to = (cell.column + cell.columns).min(last_column);
                let gutter = if to == last_column {
                    0.0
                } else {
                    2.0 * style::CELL_SIDE
                };
                let (left, right) = (edges[cell.column.min(to)], edges[to] - gutter);
                (
                    set_cell(cell.blocks, left, (right - left).max(4.0), measure),
                    cell.rows,
                    cell.column,
                    to,
                )
            })
            .collect();
        set.push(row);
    }
    let mut heights: Vec<f32> = set
        .iter()
        .map(|row| {
            row.iter()
                .filter(|(_, rows, ..)| *rows == 1)
                .map(|(cell, ..)| cell.height)
                .fold(0.0, f32::max)
        })
        .collect();
    let pitch = 2.0 * ends;
    for (index, row) in set.iter().enumerate() {
        for (cell, rows, ..) in row {
            let covered = index..(index + rows).min(count);
            let have: f32 =
                heights[covered.clone()].iter().sum::<f32>() + pitch * (covered.len() as f32 - 1.0);
            if cell.height > have {
                heights[covered.end - 1] += cell.height - have;
            }
        }
    }
    let total: f32 = heights.iter().sum::<f32>() + pitch * count as f32;
    let row_of = |cells| Row {
        cells,
        ends,
        line_below: None,
        head: false,
        heading: false,
    };
    if count == 1 || total > measure.page * 0.8 {
        let last = set.len().saturating_sub(1);
        return set
            .into_iter()
            .enumerate()
            .map(|(index, mut row)| {
                let height = row.iter().map(|(cell, ..)| cell.height).fold(0.0, f32::max);
                for (cell, ..) in &mut row {
                    cell.slack = height - cell.height;
                }
                let cells = row.into_iter().map(|(cell, ..)| cell).collect();
                (row_of(cells), index == last)
            })
            .collect();
    }
    let mut cells = Vec::new();
    let mut y = 0.0;
    for (index, row) in set.into_iter().enumerate() {
        for (mut cell, rows, from, to) in row {
            cell.y = y;
            let below = (index + rows).min(count);
            let covered: f32 = heights[index..below].iter().sum();
            cell.slack = covered + pitch * (below - index - 1) as f32 - cell.height;
            if below < count {
                let bottom: f32 = heights[..below].iter().sum::<f32>() + pitch * below as f32;
                cell.line = Some((edges[from.min(to)], edges[to] - edges[from.min(to)], bottom));
            }
            cells.push(cell);
        }
        y += heights[index] + pitch;
    }
    vec![(row_of(cells), true)]
}

/// Widths of the columns, gutters included, that fill the measure and suit all the tables, which have as many of them.
fn columns(tables: &[&PreparedTable], measure: f32) -> Vec<f32> {
    let (least, most) = bounds(tables, measure);
    share(&least, &most, &needs(tables), measure).unwrap_or_else(|| {
        let firm = longest(tables, |cell| cell.figures);
        rationed(&least, &firm, measure)
    })
}

/// The room that the longest word of each column needs, but for words that are too long for any.
fn words(tables: &[&PreparedTable]) -> Vec<f32> {
    longest(tables, |cell| cell.widths.0.min(style::LONG_WORD))
}

/// The greatest length in each column, with the white beside it.
fn longest(tables: &[&PreparedTable], length: impl Fn(&PreparedCell) -> f32) -> Vec<f32> {
    let count = tables.first().map_or(1, |table| table.columns.max(1));
    let mut longest = vec![0.0_f32; count];
    let rows = tables.iter().flat_map(|table| &table.rows);
    for cell in rows.flatten().filter(|cell| cell.columns == 1) {
        let needed = length(cell) + gutter(cell.column, count);
        longest[cell.column] = longest[cell.column].max(needed);
    }
    longest
}

/// The least and the most useful width of each column.
fn bounds(tables: &[&PreparedTable], measure: f32) -> (Vec<f32>, Vec<f32>) {
    let all_rows = || tables.iter().flat_map(|table| &table.rows);
    let count = tables.first().map_or(1, |table| table.columns.max(1));
    // A figure or two in every row must not look squeezed.
    let narrow = (measure / count as f32).min(34.0);
    let mut least = vec![narrow; count];
    let mut most = vec![narrow; count];
    for cell in all_rows().flatten().filter(|cell| cell.columns == 1) {
        least[cell.column] = least[cell.column].max(cell.widths.0 + gutter(cell.column, count));
        most[cell.column] = most[cell.column].max(cell.widths.1 + gutter(cell.column, count));
    }
    for cell in all_rows().flatten().filter(|cell| cell.columns > 1) {
        let range = cell.column..(cell.column + cell.columns).min(count);
        for (widths, wanted) in [(&mut least, cell.widths.0), (&mut most, cell.widths.1)] {
            let have: f32 = widths[range.clone()].iter().sum();
            let lacking =
                (wanted + gutter(range.end - 1, count) - have).max(0.0) / range.len() as f32;
            widths[range.clone()]
                .iter_mut()
                .for_each(|width| *width += lacking);
        }
    }
    (least, most)
}

/// The white at the right of a cell that ends with a column.
fn gutter(column: usize, count: usize) -> f32 {
    if column + 1 == count {
        0.0
    } else {
        2.0 * style::CELL_SIDE
    }
}

/// What each row needs of the columns, but for cells that cover several.
fn needs(tables: &[&PreparedTable]) -> Vec<Vec<Need>> {
    let rows = tables
        .iter()
        .flat_map(|table| table.rows.iter().map(|row| (table.columns, row)));
    rows.map(|(count, row)| {
        let own = row
            .iter()
            .filter(|cell| cell.columns == 1 && cell.rows == 1);
        own.map(|cell| Need {
            column: cell.column,
            extent: cell.extent,
            widest: cell.widths.1,
            gutter: gutter(cell.column, count),
        })
        .collect()
    })
    .collect()
}

/// The room that a cell needs in its column.
struct Need {
    column: usize,
    extent: Extent,
    /// With no line broken.
    widest: f32,
    gutter: f32,
}

impl Need {
    /// The fourth power of about the height in a column of a width. Heights of a row are added like this, so that the
    /// highest cell counts most and the others a little.
    fn height(&self, width: f32) -> f32 {
        let width = width - self.gutter;
        let height = if width >= self.widest {
            self.extent.least
        } else {
            self.extent.height(width)
        };
        let square = height * height;
        square * square
    }
}

/// Share a measure between columns that each have a least and a most useful width, for rows of cells that each need some
/// room in one of them: as low as the rows can be. None where the least of them do not fit.
fn share(least: &[f32], most: &[f32], rows: &[Vec<Need>], measure: f32) -> Option<Vec<f32>> {
    let total: f32 = most.iter().sum();
    if total <= measure {
        // Room to spare: give it to those that use most of it, evenly enough to look deliberate.
        let weight: f32 = most.iter().map(|width| width.max(1.0)).sum();
        let widths = most.iter();
        let widths = widths.map(|width| width + (measure - total) * width.max(1.0) / weight);
        return Some(widths.collect());
    }
    let need: f32 = least.iter().sum();
    if need >= measure {
        return None;
    }
    let mut widths = least.to_vec();
    let mut rest = measure - need;
    // Short columns get what they want.
    let short = style::SHORT_COLUMN.min(measure / least.len() as f32);
    for (width, most) in widths.iter_mut().zip(most) {
        let more = most - *width;
        if *most <= short && more <= rest {
            *width = *most;
            rest -= more;
        }
    }
    let least = widths.clone();
    give(&mut widths, most, rows, rest);
    exchange(&mut widths, &least, rows, rest / SHARES as f32);
    Some(widths)
}

/// Move parts of the measure from the column that misses one least to the one that gains most by it, while that makes
/// the rows lower: what was given first may not be needed in the end.
fn exchange(widths: &mut [f32], least: &[f32], rows: &[Vec<Need>], part: f32) {
    for _ in 0..SHARES {
        let (mut gains, mut losses) = (vec![0.0; widths.len()], vec![0.0; widths.len()]);
        for row in rows {
            let heights: Vec<f32> = row
                .iter()
                .map(|cell| cell.height(widths[cell.column]))
                .collect();
            let all: f32 = heights.iter().sum();
            let height = all.sqrt().sqrt();
            let with = |cell: &Need, now: f32, width: f32| {
                (all - now + cell.height(width)).max(0.0).sqrt().sqrt() - height
            };
            for (cell, now) in row.iter().zip(heights) {
                let width = widths[cell.column];
                gains[cell.column] -= with(cell, now, width + part);
                losses[cell.column] += with(cell, now, width - part);
            }
        }
        let best = (0..widths.len()).reduce(|a, b| if gains[b] > gains[a] { b } else { a });
        let spare = (0..widths.len()).filter(|column| widths[*column] - part >= least[*column]);
        let worst = spare
            .filter(|column| Some(*column) != best)
            .reduce(|a, b| if losses[b] < losses[a] { b } else { a });
        match (best, worst) {
            (Some(best), Some(worst)) if gains[best] > losses[worst] + 0.1 => {
                widths[best] += part;
                widths[worst] -= part;
            }
            _ => return,
        }
    }
}

/// Share a measure that is too small: the columns that ask for no more than a fair part of it get what they ask for, and
/// those that ask for more share the rest evenly. So a word that is too long is broken, and none beside it. What is firm,
/// a number, is served before.
fn rationed(least: &[f32], firm: &[f32], measure: f32) -> Vec<f32> {
    let total: f32 = firm.iter().sum();
    // Where not even the numbers fit, they are words like others.
    let served: Vec<f32> = match total <= measure {
        true => firm.to_vec(),
        false => vec![0.0; least.len()],
    };
    let wanted = |part: f32| -> f32 {
        let widths = least.iter().zip(&served);
        widths
            .map(|(least, served)| least.min(part).max(*served))
            .sum()
    };
    let (mut low, mut high) = (0.0, measure);
    for _ in 0..32 {
        let part = (low + high) / 2.0;
        match wanted(part) > measure {
            true => high = part,
            false => low = part,
        }
    }
    let widths = least.iter().zip(&served);
    widths
        .map(|(least, served)| least.min(low).max(*served))
        .collect()
}

/// Give what is left of the measure away in small parts, each to the column where it takes most height from the rows.
fn give(widths: &mut [f32], most: &[f32], rows: &[Vec<Need>], rest: f32) {
    let part = rest / SHARES as f32;
    let mut heights: Vec<Vec<f32>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| cell.height(widths[cell.column]))
                .collect()
        })
        .collect();
    for _ in 0..SHARES {
        let mut gains = vec![0.0; widths.len()];
        for (heights, row) in heights.iter().zip(rows) {
            let all: f32 = heights.iter().sum();
            let height = all.sqrt().sqrt();
            for (cell, now) in row.iter().zip(heights) {
                let width = widths[cell.column];
                // What is far from being the highest of its row changes nothing.
                if width < most[cell.column] && now * 64.0 > all {
                    let then = all - now + cell.height(width + part);
                    gains[cell.column] += height - then.max(0.0).sqrt().sqrt();
                }
            }
        }
        let lacks = |column: usize| most[column] - widths[column];
        let best = (0..gains.len()).reduce(|best, column| {
            let better = gains[column] > gains[best]
                || gains[column] == gains[best] && lacks(column) > lacks(best);
            if better { column } else { best }
        });
        let Some(best) = best else { return };
        widths[best] += part;
        for (heights, row) in heights.iter_mut().zip(rows) {
            for (cell, height) in row.iter().zip(heights) {
                if cell.column == best {
                    *height = cell.height(widths[best]);
                }
            }
        }
    }
}

/// In how many parts the measure is given away that no column needs.
const SHARES: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_measure() {
        for (least, most) in [
            (vec![10.0, 20.0], vec![30.0, 40.0]),
            (vec![10.0, 20.0, 30.0], vec![30.0, 400.0, 4000.0]),
            (vec![300.0, 300.0], vec![300.0, 900.0]),
            (vec![0.0], vec![0.0]),
        ] {
            let widths = share(&least, &most, &[], 400.0);
            let widths = widths.unwrap_or_else(|| rationed(&least, &vec![0.0; least.len()], 400.0));
            assert_eq!(widths.len(), least.len());
            assert!(
                (widths.iter().sum::<f32>() - 400.0).abs() < 0.1,
                "{widths:?}"
            );
        }
    }

    #[test]
    fn one_long_word_takes_no_room_from_the_words_beside_it() {
        let ration = |least: &[f32], firm: &[f32], measure| -> Vec<f32> {
            let widths = rationed(least, firm, measure).into_iter();
            widths.map(|width| (width * 10.0).round() / 10.0).collect()
        };
        let none = [0.0; 3];
        assert_eq!(
            ration(&[60.0, 420.0, 90.0], &none, 400.0),
            [60.0, 250.0, 90.0]
        );
        assert_eq!(
            ration(&[300.0, 500.0, 50.0], &none, 450.0),
            [200.0, 200.0, 50.0]
        );
        assert_eq!(ration(&[200.0; 3], &none, 300.0), [100.0; 3]);
        // A number is broken last of all.
        assert_eq!(
            ration(&[200.0; 3], &[0.0, 0.0, 200.0], 300.0),
            [50.0, 50.0, 200.0]
        );
        assert_eq!(ration(&[200.0; 3], &[200.0; 3], 300.0), [100.0; 3]);
        assert_eq!(share(&[200.0; 3], &[900.0; 3], &[], 300.0), None);
    }

    /// A row of cells of so many characters each.
    fn row(lengths: &[f32]) -> Vec<Need> {
        let cell = |(column, length): (usize, &f32)| Need {
            column,
            extent: Extent {
                area: length * 6.0 * 14.0,
                least: 14.0,
                inset: 0.0,
            },
            widest: length * 6.0,
            gutter: 0.0,
        };
        lengths.iter().enumerate().map(cell).collect()
    }

    #[test]
    fn a_short_column_keeps_its_words_together() {
        let rows = [row(&[8.0, 330.0])];
        let widths = share(&[20.0, 40.0], &[45.0, 2000.0], &rows, 400.0).unwrap_or_default();
        assert!(widths[0] >= 45.0, "{widths:?}");
    }

    #[test]
    fn the_longest_text_gets_the_most_room() {
        let rows: Vec<Vec<Need>> = (0..5).map(|_| row(&[3.0, 60.0, 30.0, 900.0])).collect();
        let most = [30.0, 360.0, 180.0, 5400.0];
        let widths = share(&[30.0, 60.0, 60.0, 60.0], &most, &rows, 700.0).unwrap_or_default();
        assert!(widths[3] > 350.0, "{widths:?}");
    }

    #[test]
    fn a_text_that_just_fits_is_left_whole() {
        let rows = vec![row(&[40.0, 30.0]), row(&[20.0, 30.0]), row(&[20.0, 90.0])];
        let widths = share(&[60.0, 60.0], &[240.0, 540.0], &rows, 430.0).unwrap_or_default();
        assert!(widths[1] >= 180.0 && widths[0] >= 120.0, "{widths:?}");
    }
}
