//! Tables: rows and cells at their places in a grid, and which header cells head which others.

use std::collections::BTreeSet;

use super::super::structure::{ElementId, Role, Scope};
use super::super::style::{self, Type};
use super::super::tree::{Element, Node};
use super::{Block, Builder, Cell, Context, Row, Side, Table, has_block_inside, integer};

/// Columns and rows beyond these are set without their spans.
const MOST_COLUMNS: usize = 64;

impl Builder<'_> {
    pub(super) fn table(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let id = self.structure.add(context.parent, Role::Table);
        let mut inner = context.clone();
        inner.in_table = true;
        inner.list_depth = 0;
        inner.gap = style::ITEM_GAP;
        inner.base = Type {
            colour: context.base.colour,
            ..style::TABLE
        };
        let mut table = Table {
            caption: Vec::new(),
            columns: 0,
            rows: Vec::new(),
            head: 0,
            wide: element.has_class("wide") && !context.in_table,
            dense: element.has_class("dense"),
        };
        let children: Vec<&Element> = element
            .children
            .iter()
            .filter_map(|node| match node {
                Node::Element(child) => Some(child),
                Node::Text(_) => None,
            })
            .collect();
        for child in children.iter().filter(|child| child.name == "caption") {
            let mut above = inner.clone();
            above.parent = self.structure.add(id, Role::Caption);
            above.direct = !has_block_inside(child);
            above.base = style::CAPTION;
            // A heading in a caption heads a part of the document.
            above.in_table = false;
            self.name(child);
            self.flow(&child.children, &above, &mut table.caption);
        }
        for child in &children {
            let role = match child.name.as_str() {
                "thead" => Role::THead,
                "tbody" => Role::TBody,
                "tfoot" => Role::TFoot,
                _ => continue,
            };
            self.name(child);
            let rows: Vec<&Element> = child
                .children
                .iter()
                .filter_map(|node| match node {
                    Node::Element(row) if row.name == "tr" => Some(row),
                    _ => None,
                })
                .collect();
            // A first row of header cells alone is the table's head, marked up as one or not.
            let headless = role == Role::TBody
                && table.rows.is_empty()
                && !children.iter().any(|c| c.name == "thead");
            let heads = match rows.first() {
                Some(row) if headless && rows.len() > 1 && only_headers(row) => 1,
                _ => 0,
            };
            if heads > 0 {
                let group = self.structure.add(id, Role::THead);
                self.rows(&rows[..heads], (group, true), &inner, &mut table);
                table.head = table.rows.len();
            }
            if rows.len() > heads {
                let group = self.structure.add(id, role);
                self.rows(
                    &rows[heads..],
                    (group, role == Role::THead),
                    &inner,
                    &mut table,
                );
                if role == Role::THead && table.head + rows.len() == table.rows.len() {
                    table.head = table.rows.len();
                }
            }
        }
        if table.head == table.rows.len() {
            table.head = 0;
        }
        self.fill(&mut table);
        for row in table.rows.iter_mut().skip(table.head) {
            row.heading =
                matches!(&row.cells[..], [cell] if cell.scope.is_some()) && table.columns > 1;
        }
        self.name_headers(&table);
        if table.rows.is_empty() {
            out.append(&mut table.caption);
        } else {
            out.push(Block::Table(table));
        }
    }

    fn rows(
        &mut self,
        rows: &[&Element],
        (group, head): (ElementId, bool),
        context: &Context,
        table: &mut Table,
    ) {
        // For each column, how many rows are still covered from above.
        let mut covered: Vec<usize> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let id = self.structure.add(group, Role::TR);
            self.name(row);
            let mut cells = Vec::new();
            let mut column = 0;
            for node in &row.children {
                let Node::Element(cell) = node else { continue };
                if cell.name != "td" && cell.name != "th" {
                    continue;
                }
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let span =
                    |name| integer(cell.attribute(name)).unwrap_or(1).clamp(1, 1000) as usize;
                let columns = if column < MOST_COLUMNS {
                    span("colspan").min(MOST_COLUMNS - column)
                } else {
                    1
                };
                let below = rows.len() - index;
                let rows = span("rowspan").min(below);
                let header = cell.name == "th";
                let element = self
                    .structure
                    .add(id, if header { Role::TH } else { Role::TD });
                let attributes = self.structure.attributes(element);
                attributes.column_span = columns as u32;
                attributes.row_span = rows as u32;
                let scope = header.then(|| match cell.attribute("scope") {
                    Some("row" | "rowgroup") => Scope::Row,
                    Some("col" | "colgroup") => Scope::Column,
                    _ if !head && column == 0 => Scope::Row,
                    _ => Scope::Column,
                });
                attributes.scope = scope;
                attributes.language = cell.attribute("lang").map(str::to_owned);
                self.name(cell);
                let mut inner = context.clone();
                inner.parent = element;
                inner.direct = !has_block_inside(cell);
                inner.base.bold |= header;
                inner.side = side(cell);
                inner.turn(cell);
                if cell.has_class("quiet") {
                    inner.base.colour = style::QUIET;
                }
                let mut blocks = Vec::new();
                self.flow(&cell.children, &inner, &mut blocks);
                let heads = match cell.attribute("scope") {
                    Some("rowgroup") if header => below - rows,
                    _ => 0,
                };
                covered.resize(covered.len().max(column + columns), 0);
                covered[column..column + columns].fill(rows);
                cells.push(Cell {
                    element,
                    scope,
                    heads,
                    blocks,
                    column,
                    columns,
                    rows,
                });
                column += columns;
            }
            covered
                .iter_mut()
                .for_each(|rows| *rows = rows.saturating_sub(1));
            table.columns = table.columns.max(covered.len());
            table.rows.push(Row {
                element: id,
                cells,
                heading: false,
            });
        }
    }

    /// Rows that are too short get empty cells, so that each column is there in each row (ISO 14289-1, 7.5).
    fn fill(&mut self, table: &mut Table) {
        let mut covered = vec![0; table.columns];
        for row in &mut table.rows {
            for cell in &row.cells {
                covered[cell.column..cell.column + cell.columns].fill(cell.rows);
            }
            for (column, rows) in covered.iter_mut().enumerate() {
                if *rows == 0 {
                    let element = self.structure.add(row.element, Role::TD);
                    row.cells.push(Cell {
                        element,
                        scope: None,
                        heads: 0,
                        blocks: Vec::new(),
                        column,
                        columns: 1,
                        rows: 1,
                    });
                    *rows = 1;
                }
                *rows -= 1;
            }
        }
    }

    /// Where header cells cover several rows or columns, each cell names its own (ISO 14289-1, 7.5).
    fn name_headers(&mut self, table: &Table) {
        let headers: Vec<(usize, &Cell, Scope)> = table
            .rows
            .iter()
            .enumerate()
            .flat_map(|(index, row)| row.cells.iter().map(move |cell| (index, cell)))
            .filter_map(|(index, cell)| Some((index, cell, cell.scope?)))
            .collect();
        if headers
            .iter()
            .all(|(_, cell, _)| cell.columns == 1 && cell.rows == 1)
        {
            return;
        }
        let mut columns: Vec<Vec<(usize, &Cell)>> = vec![Vec::new(); table.columns];
        let mut rows: Vec<Vec<&Cell>> = vec![Vec::new(); table.rows.len()];
        for (index, cell, scope) in headers {
            match scope {
                Scope::Column => {
                    (cell.column..cell.column + cell.columns)
                        .for_each(|column| columns[column].push((index, cell)));
                }
                Scope::Row => {
                    let end = index + cell.rows + cell.heads;
                    for row in rows.iter_mut().take(end).skip(index) {
                        // The header of a group takes the place of the one before.
                        row.retain(|other| cell.heads == 0 || other.heads == 0);
                        row.push(cell);
                    }
                }
            }
        }
        for (index, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let above = (cell.column..cell.column + cell.columns)
                    .flat_map(|column| &columns[column])
                    .filter(|(at, _)| *at < index)
                    .map(|(_, header)| header.element);
                let before = rows[index]
                    .iter()
                    .filter(|header| header.column < cell.column || header.heads > 0)
                    .filter(|header| header.element != cell.element)
                    .map(|header| header.element);
                let found: BTreeSet<ElementId> = above.chain(before).collect();
                for header in &found {
                    self.structure.attributes(*header).named = true;
                }
                self.structure.attributes(cell.element).headers = found.into_iter().collect();
            }
        }
    }
}

/// Whether a row holds header cells alone, and none that heads rows.
fn only_headers(row: &Element) -> bool {
    let heads_rows = |cell: &Element| matches!(cell.attribute("scope"), Some("row" | "rowgroup"));
    let mut cells = row.children.iter().filter_map(|node| match node {
        Node::Element(cell) if cell.name == "td" || cell.name == "th" => Some(cell),
        _ => None,
    });
    cells
        .next()
        .is_some_and(|first| first.name == "th" && !heads_rows(first))
        && cells.all(|cell| cell.name == "th" && !heads_rows(cell))
}
/// Where the words of a cell stand.
fn side(cell: &Element) -> Side {
    match (cell.has_class("middle"), cell.has_class("end")) {
        (true, _) => Side::Middle,
        (_, true) => Side::Right,
        _ => Side::Left,
    }
}
