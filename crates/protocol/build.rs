//! Compiles `proto/` to Rust without a `protoc` on the machine.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    println!("cargo::rerun-if-changed={}", root.display());
    let files = ["beside/v1/common.proto", "beside/v1/peer.proto", "beside/v1/signalling.proto"];
    let descriptors = protox::compile(files, [&root])?;
    prost_build::Config::new().bytes(["."]).compile_fds(descriptors)?;
    Ok(())
}
