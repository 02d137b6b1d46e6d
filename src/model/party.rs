//! People and bodies: the register, and the ways in which the rest of a book names them.

use super::date::Date;
use super::record::record;
use super::text::Text;

record! {
    /// A person in the register.
    "a person" struct Person<E> {
        /// The name as it is printed.
        name: Option<Text<E>>,
        /// The title of the post: Chief Constable.
        title: Option<Text<E>>,
        /// The initials of the post: CC.
        initials: Option<Text<E>>,
        /// What the post is responsible for, where several people share a rank.
        portfolio: Option<Text<E>>,
        /// Other names by which the book may refer to the person.
        aliases: Vec<Text<E>>,
        /// The posts that the person held, where they changed.
        posts: Vec<Post<E>>,
    }
}

record! {
    /// A post that a person held for a time.
    "a post" struct Post<E> {
        /// The title of the post.
        title: Option<Text<E>>,
        /// The initials of the post.
        initials: Option<Text<E>>,
        /// What the post is responsible for.
        portfolio: Option<Text<E>>,
        /// The first day in the post.
        from: Option<Date<E>>,
        /// The last day in the post.
        until: Option<Date<E>>,
    }
}

record! {
    /// A body: an organisation, a unit, a group.
    "a body" struct Body<E> {
        /// The name as it is printed.
        name: Option<Text<E>>,
        /// Its initials.
        initials: Option<Text<E>>,
        /// Other names by which the book may refer to it.
        aliases: Vec<Text<E>>,
    }
}

record! {
    /// Somebody as the book names them: a key, initials, an alias or plain text; or a body, a person and a role.
    "a person or body" struct Party<E> or "person" {
        /// The person, or whatever stands there alone.
        name as "person": Option<Text<E>>,
        /// The body.
        body: Option<Text<E>>,
        /// The role in which they act.
        role: Option<Text<E>>,
    }
}
