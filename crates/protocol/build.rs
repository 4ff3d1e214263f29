//! Compiles `proto/` to Rust without a `protoc` on the machine.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Asked when it runs, so that a moved checkout with the same target folder finds its own files.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    let root = Path::new(&manifest).join("../../proto");
    println!("cargo::rerun-if-changed={}", root.display());
    let files = [
        "beside/v1/clipboard.proto",
        "beside/v1/common.proto",
        "beside/v1/drawing.proto",
        "beside/v1/files.proto",
        "beside/v1/peer.proto",
        "beside/v1/signalling.proto",
    ];
    let descriptors = protox::compile(files, [&root])?;
    prost_build::Config::new().bytes(["."]).compile_fds(descriptors)?;
    Ok(())
}
