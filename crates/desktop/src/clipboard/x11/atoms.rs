//! The names that are used.

x11rb::atom_manager! {
    /// By their names; those with signs in them have others here. What is read arrives at `BESIDE_CLIP`.
    pub(super) Atoms:
    AtomsCookie {
        CLIPBOARD,
        TARGETS,
        INCR,
        UTF8_STRING,
        STRING,
        TEXT,
        BESIDE_CLIP,
        TEXT_PLAIN: b"text/plain",
        TEXT_PLAIN_UTF8: b"text/plain;charset=utf-8",
        IMAGE_PNG: b"image/png",
        URI_LIST: b"text/uri-list",
        GNOME_FILES: b"x-special/gnome-copied-files",
        SECRET: b"x-kde-passwordManagerHint",
    }
}
