//! Tells the linker that the program lies at a fixed place in memory, on Linux with glibc. Elsewhere it does nothing.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |key, value| std::env::var(key).is_ok_and(|found| found == value);
    // A program at a fixed place needs no address in its tables mended at every start: about a millisecond of a short
    // run. Libraries, the heap and the stacks still lie elsewhere each time.
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bin=minutebook=-no-pie");
    }
}
