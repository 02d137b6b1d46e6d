//! minutebook turns structured YAML into publishable meeting notes.

pub mod source;

pub mod diagnostic;

pub mod yaml;

pub mod model;

pub mod load;

pub mod check;

pub mod edition;

pub mod render;

pub mod report;

pub mod cli;
