//! Lists with their marks, and pairs of a label and what it says.

use super::super::blocks::PairsKind;
use super::super::lines::{Line, Shaped};
use super::super::style;
use super::super::table::Row;
use super::{Body, Flow, Item, Measure, Prepared, prepend, set_one, widths};
use std::ops::Range;

/// Where the text of a list begins, which is at least so far from its markers' left.
pub(super) fn list_indent(items: &[(Option<Shaped>, Vec<Prepared>)], least: f32) -> f32 {
    least.max(widest_marker(items) + style::MARKER_GAP)
}

fn widest_marker(items: &[(Option<Shaped>, Vec<Prepared>)]) -> f32 {
    let markers = items.iter().filter_map(|(marker, _)| marker.as_ref());
    markers.map(|marker| marker.widths().1).fold(0.0, f32::max)
}

pub(super) fn set_list(
    items: Vec<(Option<Shaped>, Vec<Prepared>)>,
    measure: Measure,
    flow: &mut Flow,
) {
    let widest = widest_marker(&items);
    let least = match measure.cell {
        true => style::LIST_INDENT_IN_CELL,
        false => style::LIST_INDENT,
    };
    let indent = list_indent(&items, least);
    let mut inner = measure.inset(indent, 0.0);
    // Where there is hardly any room, the text still does not touch its marker.
    let lacking = (widest + 2.0 - (inner.x - measure.x)).clamp(0.0, measure.width / 2.0);
    inner.x += lacking;
    inner.width -= lacking;
    let indent = inner.x - measure.x;
    let first = flow.items.len();
    for (marker, blocks) in items {
        let start = flow.items.len();
        let mut own = start;
        let mut leads = true;
        let leftwards = marker.as_ref().is_some_and(Shaped::is_leftwards);
        let text_x = if leftwards { measure.x } else { inner.x };
        let inner = Measure { x: text_x, ..inner };
        for block in blocks {
            leads &= !matches!(block, Prepared::List(_));
            set_one(block, inner, flow);
            if leads {
                own = flow.items.len();
            }
        }
        if let Some(mut marker) = marker {
            let width = marker.widths().1;
            let gap = (indent - width).min(style::MARKER_GAP);
            let x = match leftwards {
                true => inner.width + gap,
                false => -gap - width,
            };
            // Its own lines begin at its own right.
            let room = if leftwards { width } else { measure.width };
            if let Some(line) = marker.lines(room).into_iter().next() {
                mark(flow, start, line, inner.x, x);
            }
        }
        let end = flow.items.len();
        if let Some(item) = flow.items.last_mut() {
            item.after = item.after.max(style::ITEM_GAP);
        }
        // What stands before the first list inside an item stays on one page when it fits on one.
        let own = own.min(end);
        if flow.height(start..own) <= measure.page {
            flow.glue(start..own);
        }
    }
    if let Some(item) = flow.items.get_mut(first..).and_then(<[Item]>::last_mut) {
        item.after = item.after.max(if measure.cell {
            style::ITEM_GAP
        } else {
            style::PARAGRAPH_GAP
        });
    }
}

/// Put a marker beside the first line of what stands from `start` on.
fn mark(flow: &mut Flow, start: usize, marker: Line, text_x: f32, x: f32) {
    let line = flow.items[start..]
        .iter_mut()
        .take(2)
        .find_map(|item| match &mut item.body {
            Body::Line(at, line) => Some((*at, line)),
            _ => None,
        });
    match line {
        Some((at, line)) => prepend(line, marker, text_x + x - at),
        None => {
            let mut item = Item::new(marker.height, Body::Line(text_x + x, marker));
            item.glue = start < flow.items.len();
            flow.items.insert(start, item);
            for decoration in &mut flow.decorations {
                if decoration.items.start >= start {
                    decoration.items = decoration.items.start + 1..decoration.items.end + 1;
                }
            }
            for head in &mut flow.heads {
                if head.start >= start {
                    *head = head.start + 1..head.end + 1;
                }
            }
        }
    }
}

pub(super) fn set_pairs(
    kind: PairsKind,
    groups: Vec<(Vec<Prepared>, Vec<Prepared>)>,
    measure: Measure,
    flow: &mut Flow,
) {
    let gutter = 14.0;
    let widest = groups
        .iter()
        .map(|(terms, _)| widths(terms).1)
        .fold(0.0, f32::max);
    let terms_width = widest.min(measure.width * 0.36) + gutter;
    let facts = kind == PairsKind::Facts;
    let ends = if facts { 5.5 } else { 0.0 };
    let start = flow.items.len();
    if facts {
        let body = Body::Rule {
            x: measure.x,
            width: measure.width,
            thickness: style::HAIRLINE_THICKNESS,
            colour: style::HAIRLINE,
        };
        let mut item = Item::new(style::HAIRLINE_THICKNESS, body);
        item.glue = true;
        flow.items.push(item);
    }
    for (terms, details) in groups {
        let columns = vec![
            (terms, measure.x, terms_width - gutter),
            (
                details,
                measure.x + terms_width,
                (measure.width - terms_width).max(style::LEAST_MEASURE),
            ),
        ];
        let mut row = Row::of(columns, ends, measure);
        row.line_below = facts.then_some((measure.x, measure.width));
        let mut item = Item::row(row.height(), row);
        item.after = if facts { 0.0 } else { style::ITEM_GAP };
        flow.items.push(item);
    }
    if flow.height(start..flow.items.len()) <= measure.page * style::HELD_PAIRS {
        flow.hold(start..flow.items.len(), style::HOLD_PAIRS);
    }
    let rows = start + usize::from(facts)..flow.items.len();
    leave_none_alone(flow, rows, measure.page);
    surround(flow, start, measure);
}

/// A page ends neither behind the first of several rows nor before the last, where they are not high.
fn leave_none_alone(flow: &mut Flow, rows: Range<usize>, page: f32) {
    if rows.len() < 3 {
        return;
    }
    for pair in [rows.start..rows.start + 2, rows.end - 2..rows.end] {
        if flow.height(pair.clone()) <= page * style::WHOLE_FRAME {
            flow.glue(pair);
        }
    }
}

/// White around what stands from `start` on.
fn surround(flow: &mut Flow, start: usize, measure: Measure) {
    let gap = if measure.cell {
        style::ITEM_GAP
    } else {
        style::BLOCK_GAP
    };
    if let Some(item) = flow.items.get_mut(start) {
        item.before = item.before.max(gap * 0.4);
    }
    if let Some(item) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut) {
        item.after = item.after.max(gap);
    }
}

pub(super) fn set_line_of_pairs(
    groups: Vec<(Vec<Prepared>, Vec<Prepared>)>,
    measure: Measure,
    flow: &mut Flow,
) {
    let start = flow.items.len();
    let (between, gap) = (5.0, 20.0);
    let mut columns: Vec<(Vec<Prepared>, f32, f32)> = Vec::new();
    let mut x = 0.0;
    for (terms, details) in groups {
        let term = widths(&terms).1 + 0.5;
        let detail = widths(&details).1 + 0.5;
        let needed = term + between + detail;
        if x > 0.0 && x + gap + needed > measure.width {
            push_row(std::mem::take(&mut columns), measure, flow);
            x = 0.0;
        }
        if x > 0.0 {
            x += gap;
        }
        let term = term.min(measure.width * 0.4);
        let detail = detail.min((measure.width - x - term - between).max(style::LEAST_MEASURE));
        columns.push((terms, measure.x + x, term));
        columns.push((details, measure.x + x + term + between, detail));
        x += term + between + detail;
    }
    push_row(columns, measure, flow);
    flow.glue(start..flow.items.len());
    if let Some(item) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut) {
        item.after = item.after.max(style::PARAGRAPH_GAP);
        // In a cell, who said it and when stays with what was said.
        item.glue |= measure.cell;
    }
}

fn push_row(columns: Vec<(Vec<Prepared>, f32, f32)>, measure: Measure, flow: &mut Flow) {
    if !columns.is_empty() {
        let row = Row::of(columns, 0.0, measure);
        flow.items.push(Item::row(row.height(), row));
    }
}
