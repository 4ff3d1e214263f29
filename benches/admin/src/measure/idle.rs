//! `idle`: what a server holds in memory that was just started over the company, and has let one administrator in.

use super::Bench;
use crate::server::Server;
use anyhow::Result;

impl Bench {
    pub(super) fn idle(&self, server: &Server) -> Result<()> {
        std::thread::sleep(self.scale.rest);
        self.figures.tell("idle", "resident_mib", server.memory_mib("VmRSS")?, "MiB");
        Ok(())
    }
}
