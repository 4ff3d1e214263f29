//! glibc keeps an arena for each thread and raises by itself the size from which it maps memory apart: what a video
//! encoder had used stayed with the program after it had ended (148 MiB resident at rest, 72 with these settings).

use std::ffi::c_int;

use tracing::debug;

/// Names and values as in glibc's `malloc.h`; mallopt(3).
const M_TRIM_THRESHOLD: c_int = -1;
const M_MMAP_THRESHOLD: c_int = -3;
const M_ARENA_MAX: c_int = -8;

/// Blocks from this size on are mapped apart, and unmapped when they are freed. Setting it also keeps it.
const APART_BYTES: c_int = 128 * 1024;
/// The windows and the session have one each; threads that begin later share them.
const ARENAS: c_int = 2;

// SAFETY: the signature is that of mallopt(3); it reads two numbers and may be called at any time.
unsafe extern "C" {
    safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
}

/// Makes the allocator keep little of what was freed. For the start of the program, before it has threads.
pub(crate) fn keep_little() {
    for (parameter, value) in
        [(M_TRIM_THRESHOLD, APART_BYTES), (M_MMAP_THRESHOLD, APART_BYTES), (M_ARENA_MAX, ARENAS)]
    {
        if mallopt(parameter, value) == 0 {
            debug!(parameter, "The allocator keeps its own setting");
        }
    }
}
