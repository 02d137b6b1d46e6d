//! The command line end to end: exit codes, streams, files.
