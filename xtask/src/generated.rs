//! `cargo xtask generate`: what is made from the contracts and kept in the repository, so that a reader and a
//! review see it. `cargo xtask test` fails when it is stale.

use anyhow::{Context as _, Result, bail};
use xshell::cmd;

use crate::project::Project;
use crate::{end_to_end, protocol_doc, web};

/// The server's HTTP contract, as its own code describes it.
const CONTRACT: &str = "web/openapi.json";

/// Folders whose every file is generated.
const GENERATED: &[&str] = &["web/src/generated"];

/// Writes the contract, the protocol's page and the web's types anew.
pub(crate) fn write(project: &Project) -> Result<()> {
    std::fs::write(project.path(CONTRACT), contract(project)?).context(CONTRACT)?;
    std::fs::write(project.path(protocol_doc::PAGE), protocol_doc::text(project)?)
        .context(protocol_doc::PAGE)?;
    write_types(project)
}

/// Fails when a generated file would change.
pub(crate) fn check(project: &Project) -> Result<()> {
    for (name, fresh) in [(CONTRACT, contract(project)?), (protocol_doc::PAGE, protocol_doc::text(project)?)]
    {
        let kept = std::fs::read_to_string(project.path(name)).context(name)?;
        if kept != fresh {
            bail!("{name} is stale: run `cargo xtask generate`");
        }
    }
    let before = read_all(project)?;
    write_types(project)?;
    if before != read_all(project)? {
        bail!("the generated types of web/ were stale and are now written anew: commit them");
    }
    Ok(())
}

fn contract(project: &Project) -> Result<String> {
    end_to_end::build_programs(project)?;
    let shell = project.shell(".")?;
    let server = project.target().join("debug/beside-server");
    let text = cmd!(shell, "{server} openapi").read()?;
    Ok(format!("{}\n", text.trim_end()))
}

fn write_types(project: &Project) -> Result<()> {
    web::install(project, "web")?;
    let shell = project.shell("web")?;
    cmd!(shell, "npm run generate").run()?;
    Ok(())
}

/// Every generated file with its text, in order.
fn read_all(project: &Project) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for folder in GENERATED.iter().filter(|folder| project.path(folder).is_dir()) {
        let shell = project.shell(folder)?;
        let list = cmd!(shell, "find . -type f").quiet().read()?;
        let mut names: Vec<_> = list.lines().map(str::to_owned).collect();
        names.sort();
        for name in names {
            let text = std::fs::read_to_string(project.path(folder).join(&name))?;
            files.push((name, text));
        }
    }
    Ok(files)
}
