//! What a desktop cannot do, as a value.

/// This desktop cannot do what was asked, and never will while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not possible on this desktop: {what}")]
pub struct Unsupported {
    /// Stable kebab-case name, sent to the console: `input-no-display`, `input-no-xtest`, `input-no-xinput`,
    /// `input-no-xkb`, `input-no-spare-keys`, `input-no-platform`; of windows: `display-no-randr`; of what is seen and done
    /// beside the picture: `system-no-platform`, `processes-no-platform`, `services-no-systemd`, `services-no-platform`,
    /// `launch-no-platform`; of drawing: `overlay-no-display`, `overlay-no-shape`, `overlay-no-platform`;
    /// of a restart: `restart-no-logind`, `restart-no-platform`; of the clipboard: `clipboard-no-display`, `clipboard-no-xfixes`, `clipboard-no-platform`.
    /// What the sound lacks may come back, and is told otherwise ([`crate::voice::Lacks`]).
    pub what: &'static str,
}
