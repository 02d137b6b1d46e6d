//! Where pages end: the division of a run of chunks that leaves the least white and takes the least apart.
//!
//! In: how high the chunks are, what white they want around them, how much each wants to stay with the next. Out: which of
//! them begin a page. All divisions are weighed against each other, so that a page may end early where that spares a
//! reader a worse end later on. Nothing here knows what stands in a chunk.

/// What stands on one page whatever happens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chunk {
    pub(super) height: f32,
    /// Least white above and below; between two chunks the larger counts, at the top of a page none.
    pub(super) before: f32,
    pub(super) after: f32,
    /// Height of what is repeated above it at the top of a page.
    pub(super) head: f32,
    /// What part of a page may rather stay white than that a page ends below it.
    pub(super) hold: f32,
    /// How much of a pause there is above it, from 0 to 1: white at the end of a page looks natural above a main heading.
    pub(super) pause: f32,
}

/// Where a run begins: below the top of its page, and the white that is wanted there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    pub(super) y: f32,
    pub(super) after: f32,
    /// As in [`Chunk`], of what stands above.
    pub(super) hold: f32,
}

/// A division into pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Division {
    /// The chunks that begin a page, in order.
    pub(super) starts: Vec<usize>,
    /// How much of the last page is filled, from 0 to 1.
    pub(super) filled: f32,
}

/// A last page that is filled less than this, as a part of it, looks lost.
const LAST_PAGE: f32 = 0.15;
/// How much less white counts above a main heading, and how much it counts within what belongs together: there it looks
/// as if something were missing.
const PAUSE: f32 = 0.8;
const TORN: f32 = 1.2;
/// White beyond a third of a page counts more and more, wherever it is.
const MUCH: f32 = 6.0;
/// Sums of lengths that differ by less are the same.
const ROUNDING: f32 = 0.01;

/// Divide chunks, of which none is higher than a page, into pages of a height. When the page `ends` with the run, little
/// on the last one counts as white; otherwise something follows there.
pub(super) fn divide(chunks: &[Chunk], page: f32, start: Start, ends: bool) -> Division {
    let mut ways = Ways {
        chunks,
        page,
        ends,
        best: vec![Way::NONE; chunks.len() + 1],
        filled: 0.0,
    };
    if start.y > 0.0 {
        ways.offer(0, None, ways.cost(start.y, start.after, start.hold, 0));
    }
    ways.page(0, None, start.y, start.after, 0.0);
    for (first, chunk) in chunks.iter().enumerate() {
        let way = ways.best[first];
        if way.cost < f32::INFINITY {
            ways.page(first, Some(first), chunk.head, 0.0, way.cost);
        }
    }
    let mut starts = Vec::new();
    let mut from = ways.best[chunks.len()].from;
    while let Some(first) = from {
        starts.push(first);
        from = ways.best[first].from;
    }
    starts.reverse();
    Division {
        starts,
        filled: ways.filled,
    }
}

/// The best way to where a page begins.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    /// The chunk that begins the page before; none is the page that the run begins on.
    from: Option<usize>,
}

impl Way {
    const NONE: Way = Way {
        cost: f32::INFINITY,
        from: None,
    };
}

struct Ways<'a> {
    chunks: &'a [Chunk],
    page: f32,
    ends: bool,
    /// To each chunk as the first of its page; the last is the end of the run.
    best: Vec<Way>,
    filled: f32,
}

impl Ways<'_> {
    /// Everything that a page which begins with a chunk can hold.
    fn page(&mut self, first: usize, from: Option<usize>, top: f32, after: f32, cost: f32) {
        let (mut y, mut after) = (top, after);
        for (index, chunk) in self.chunks.iter().enumerate().skip(first) {
            let gap = if y == 0.0 {
                0.0
            } else {
                after.max(chunk.before)
            };
            y += gap + chunk.height;
            if y > self.page + ROUNDING {
                return;
            }
            after = chunk.after;
            let last = index + 1 == self.chunks.len();
            let more = if last {
                self.last(y)
            } else {
                self.cost(y, after, chunk.hold, index + 1)
            };
            if self.offer(index + 1, from, cost + more) && last {
                self.filled = y / self.page;
            }
        }
    }

    /// Whether a way is better than those before it.
    fn offer(&mut self, to: usize, from: Option<usize>, cost: f32) -> bool {
        let better = cost < self.best[to].cost;
        if better {
            self.best[to] = Way { cost, from };
        }
        better
    }

    /// Of a page that ends at a height, below something that wants so much white below it and to stay with the next:
    /// what stays white there but would not be white on a longer page, and what is repeated on the next.
    fn cost(&self, y: f32, after: f32, hold: f32, next: usize) -> f32 {
        let next = self.chunks.get(next).copied().unwrap_or_default();
        let white = (self.page - y - after.max(next.before)).max(0.0) / self.page;
        let weight = if hold > 0.0 {
            TORN
        } else {
            1.0 - next.pause * PAUSE
        };
        white * weight + MUCH * white.powi(4) + next.head / self.page + hold
    }

    /// Of the last page.
    fn last(&self, y: f32) -> f32 {
        let lacking = (LAST_PAGE - y / self.page).max(0.0);
        if self.ends { lacking * 1.2 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(heights: &[f32]) -> Vec<Chunk> {
        let chunk = |height: &f32| Chunk {
            height: *height,
            ..Chunk::default()
        };
        heights.iter().map(chunk).collect()
    }

    fn starts(chunks: &[Chunk]) -> Vec<usize> {
        divide(chunks, 100.0, Start::default(), true).starts
    }

    #[test]
    fn pages_are_filled() {
        assert_eq!(starts(&chunks(&[30.0; 10])), [3, 6, 9]);
        assert_eq!(starts(&chunks(&[25.0; 8])), [4]);
        assert_eq!(starts(&[]), [0; 0]);
    }

    #[test]
    fn what_holds_together_is_parted_only_where_much_would_stay_white() {
        for (height, expected) in [(80.0, 1), (40.0, 3)] {
            let mut all = chunks(&[height, 10.0, 10.0, 10.0, 10.0, 10.0, 90.0]);
            let count = ((100.0 - height) / 10.0_f32) as usize;
            for chunk in &mut all[1..5] {
                chunk.hold = 0.3;
            }
            assert!(count >= 2);
            let first = starts(&all)[0];
            if expected == 1 {
                assert_eq!(first, 1, "{height}");
            } else {
                assert!(first > 1, "{height}");
            }
        }
    }

    #[test]
    fn the_white_between_chunks_counts_but_not_at_the_top() {
        let mut all = chunks(&[45.0, 45.0, 45.0]);
        for chunk in &mut all {
            (chunk.before, chunk.after) = (12.0, 3.0);
        }
        assert_eq!(starts(&all), [1, 2]);
        all.iter_mut().for_each(|chunk| chunk.before = 9.0);
        assert_eq!(starts(&all), [2]);
    }

    #[test]
    fn a_repeated_head_takes_room() {
        let mut all = chunks(&[50.0; 4]);
        assert_eq!(starts(&all), [2]);
        all.iter_mut().for_each(|chunk| chunk.head = 1.0);
        assert_eq!(starts(&all), [2, 3]);
    }

    #[test]
    fn a_run_may_begin_below_the_top() {
        let start = |y| Start {
            y,
            ..Start::default()
        };
        let all = chunks(&[30.0, 30.0]);
        assert_eq!(divide(&all, 100.0, start(40.0), false).starts, [0; 0]);
        assert_eq!(divide(&all, 100.0, start(50.0), false).starts, [1]);
        assert_eq!(divide(&all, 100.0, start(80.0), false).starts, [0]);
    }

    #[test]
    fn the_last_page_is_not_all_but_empty() {
        let division = divide(&chunks(&[10.0; 21]), 100.0, Start::default(), true);
        assert!(division.filled >= 0.1, "{division:?}");
        assert_eq!(division.starts.len(), 2);
    }
}
