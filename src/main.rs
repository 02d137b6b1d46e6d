//! The program `minutebook`: parses the arguments, runs the command, returns its exit code.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A run allocates small pieces on every thread, and ends soon: the system's allocator spends much of it in the kernel.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    minutebook::cli::run()
}
