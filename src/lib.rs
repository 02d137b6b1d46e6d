//! minutebook turns structured YAML into publishable meeting notes.

pub mod render;
