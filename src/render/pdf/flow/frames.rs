//! What stands in a frame: the white inside it, and what of it stays on one page.

use super::super::blocks::FrameKind;
use super::super::style;
use super::{Decoration, Flow, Item, Measure, Prepared, set};
use std::ops::Range;

/// White inside a frame.
pub(super) struct Insets {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) ends: f32,
}

pub(super) fn insets(kind: FrameKind) -> Insets {
    match kind {
        FrameKind::Context => Insets {
            left: style::CONTEXT_INSET + style::BAR,
            right: 0.0,
            ends: 1.0,
        },
        FrameKind::Action | FrameKind::Notice => Insets {
            left: style::FRAME_INSET + style::BAR,
            right: style::FRAME_INSET,
            ends: 7.0,
        },
        FrameKind::Note => Insets {
            left: style::FRAME_INSET,
            right: style::FRAME_INSET,
            ends: 7.0,
        },
        FrameKind::Kept => Insets {
            left: style::FRAME_INSET,
            right: style::FRAME_INSET,
            ends: 5.0,
        },
        FrameKind::Findings => Insets {
            left: style::HANG,
            right: 0.0,
            ends: 0.0,
        },
        FrameKind::Decision => Insets {
            left: style::CONTEXT_INSET + style::BAR,
            right: 0.0,
            ends: 1.0,
        },
        FrameKind::Entry => Insets {
            left: 0.0,
            right: 0.0,
            ends: 8.0,
        },
        FrameKind::Question => Insets {
            left: 0.0,
            right: 0.0,
            ends: 0.0,
        },
    }
}

pub(super) fn set_frame(kind: FrameKind, blocks: Vec<Prepared>, measure: Measure, flow: &mut Flow) {
    let inset = insets(kind);
    let mut inner = measure.inset(inset.left, inset.right);
    inner.turns &= inset.ends == 0.0;
    let start = flow.items.len();
    if inset.ends > 0.0 {
        flow.space(inset.ends);
    }
    set(blocks, inner, flow);
    if kind == FrameKind::Question
        && let Some(item) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut)
    {
        item.glue = true;
        item.after = item.after.min(4.0);
    }
    let last = flow.items.len();
    if inset.ends > 0.0 {
        if last <= start + 1 {
            flow.items.truncate(start);
            return;
        }
        flow.items[start].glue = true;
        flow.items[last - 1].glue = true;
        flow.items[last - 1].after = 0.0;
        flow.items[start + 1].before = 0.0;
        flow.space(inset.ends);
        let entry = kind == FrameKind::Entry;
        flow.items[start].before = if entry { 0.0 } else { style::BLOCK_GAP * 0.6 };
        flow.items[last].after = if entry { 0.0 } else { style::BLOCK_GAP };
        flow.decorations.push(Decoration {
            kind,
            x: measure.x,
            width: measure.width,
            items: start..last + 1,
        });
        keep_together(flow, start..last + 1, kind, measure.page);
    }
}

/// A page ends inside a frame only where the frame is high, and then not beside its first or its last lines.
fn keep_together(flow: &mut Flow, items: Range<usize>, kind: FrameKind, page: f32) {
    let whole = match kind {
        FrameKind::Action | FrameKind::Note | FrameKind::Notice | FrameKind::Kept => {
            style::WHOLE_FRAME
        }
        FrameKind::Decision | FrameKind::Entry => style::WHOLE_ENTRY,
        FrameKind::Context | FrameKind::Findings | FrameKind::Question => return,
    };
    let height = flow.height(items.clone()) / page;
    if height <= whole {
        flow.glue(items);
    } else {
        flow.hold(items.clone(), style::HOLD_FRAME);
        if height <= style::LEADS_ENTRY {
            for index in items.start..items.end - 1 {
                flow.items[index].glue |= flow.items[index + 1].before < style::LEAD_BEFORE;
            }
        }
        // The white at its ends, and two lines.
        flow.glue(items.start..items.start + 3);
        flow.glue(items.end.saturating_sub(3)..items.end);
    }
}
