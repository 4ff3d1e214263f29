//! Who may know whom: the table of forbidden edges between crates, also through others.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cargo_metadata::MetadataCommand;

use super::Findings;
use crate::project::Project;

/// Crate → what it must not reach, by any path of normal dependencies. Names of ours, then of others.
///
/// `protocol` reaches `getrandom` by the signature crate's traits; that it draws no randomness itself is
/// clippy's to check (its own clippy.toml).
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "protocol",
        &[
            "session", "tiles", "screen", "desktop", "peer", "relay", "store", "server", "customer", "tokio",
            "rand",
        ],
    ),
    (
        "session",
        &["tiles", "screen", "desktop", "peer", "relay", "store", "server", "customer", "tokio", "rand"],
    ),
    (
        "tiles",
        &[
            "protocol", "session", "screen", "desktop", "peer", "relay", "store", "server", "customer",
            "tokio", "rand",
        ],
    ),
    (
        "printing",
        &[
            "protocol", "session", "tiles", "screen", "desktop", "peer", "relay", "store", "server",
            "customer", "tokio", "rand",
        ],
    ),
    (
        "motion",
        &[
            "protocol", "session", "tiles", "screen", "desktop", "peer", "relay", "store", "server",
            "customer", "tokio", "rand",
        ],
    ),
    (
        "voice",
        &[
            "protocol", "session", "tiles", "screen", "desktop", "peer", "relay", "store", "server",
            "customer", "tokio", "rand",
        ],
    ),
    (
        "film",
        &["session", "screen", "desktop", "peer", "relay", "store", "server", "customer", "tokio", "rand"],
    ),
    (
        "screen",
        &["desktop", "peer", "relay", "store", "server", "customer", "axum", "tokio-tungstenite", "str0m"],
    ),
    (
        "desktop",
        &["screen", "peer", "relay", "store", "server", "customer", "axum", "tokio-tungstenite", "str0m"],
    ),
    ("peer", &["tiles", "screen", "desktop", "store", "server", "customer", "axum"]),
    ("relay", &["tiles", "screen", "desktop", "peer", "store", "server", "customer", "axum"]),
    ("store", &["session", "tiles", "screen", "desktop", "peer", "relay", "server", "customer", "axum"]),
    ("server", &["screen", "desktop", "customer", "x11rb", "slint"]),
    ("customer", &["server", "store", "sea-orm", "axum"]),
    // The bench asks a running server, and fills its database through the store.
    ("admin-workload", &["session", "tiles", "screen", "desktop", "peer", "server", "customer", "axum"]),
    (
        "picture-workload",
        &["protocol", "session", "tiles", "screen", "desktop", "peer", "store", "server", "customer"],
    ),
    // What strangers' bytes go through, without sockets, windows and tables.
    ("fuzz", &["screen", "desktop", "store", "server", "customer", "axum", "slint", "tokio-tungstenite"]),
    ("xtask", &["server", "customer", "store", "session"]),
];

/// What nothing at all may reach: one TLS implementation, and it is not a C one.
const FORBIDDEN_EVERYWHERE: &[&str] = &["openssl", "openssl-sys", "native-tls"];

type Graph = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(project: &Project, findings: &mut Findings) -> Result<()> {
    let (graph, ours) = graph(project)?;
    for path in forbidden_paths(&graph, FORBIDDEN) {
        findings.error(format!("layers: {}", path.join(" → ")));
    }
    for name in &ours {
        for path in forbidden_paths(&graph, &[(name, FORBIDDEN_EVERYWHERE)]) {
            findings.error(format!("layers: {}", path.join(" → ")));
        }
    }
    for (name, _) in FORBIDDEN {
        if !ours.contains(*name) {
            findings.error(format!("layers: the table names {name}, which is no crate of the workspace"));
        }
    }
    for name in ours.iter().filter(|name| FORBIDDEN.iter().all(|(known, _)| known != name)) {
        findings.error(format!("layers: {name} has no line in the table (xtask/src/tidy/layers.rs)"));
    }
    Ok(())
}

/// Normal dependencies by package name, as resolved for this lock file, and the workspace's own packages.
fn graph(project: &Project) -> Result<(Graph, BTreeSet<String>)> {
    let metadata = MetadataCommand::new()
        .manifest_path(project.path("Cargo.toml"))
        .other_options(vec![
            "--locked".to_owned(),
            "--filter-platform".to_owned(),
            "x86_64-unknown-linux-gnu".to_owned(),
        ])
        .exec()?;
    let name_of = |id| {
        metadata.packages.iter().find(|package| &package.id == id).map(|package| package.name.to_string())
    };
    let mut graph = Graph::new();
    for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
        let Some(name) = name_of(&node.id) else { continue };
        let edges = graph.entry(name).or_default();
        for dependency in &node.deps {
            let is_normal =
                dependency.dep_kinds.iter().any(|kind| kind.kind == cargo_metadata::DependencyKind::Normal);
            if is_normal && let Some(name) = name_of(&dependency.pkg) {
                edges.insert(name);
            }
        }
    }
    let ours = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    Ok((graph, ours))
}

/// The shortest path from each crate of the table to each thing it must not reach.
fn forbidden_paths(graph: &Graph, table: &[(&str, &[&str])]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (from, targets) in table {
        let came_from = reach(graph, from);
        for target in targets.iter().filter(|target| came_from.contains_key(**target)) {
            found.push(path_to(&came_from, from, target));
        }
    }
    found
}

/// Breadth first: each reachable package with the one before it.
fn reach(graph: &Graph, from: &str) -> BTreeMap<String, String> {
    let mut came_from = BTreeMap::new();
    let mut next = vec![from.to_owned()];
    while !next.is_empty() {
        let mut after = Vec::new();
        for name in next {
            for dependency in graph.get(&name).into_iter().flatten() {
                if dependency != from && !came_from.contains_key(dependency) {
                    came_from.insert(dependency.clone(), name.clone());
                    after.push(dependency.clone());
                }
            }
        }
        next = after;
    }
    came_from
}

fn path_to(came_from: &BTreeMap<String, String>, from: &str, target: &str) -> Vec<String> {
    let mut path = vec![target.to_owned()];
    let mut place = target.to_owned();
    while place != from {
        let Some(before) = came_from.get(&place) else { break };
        place.clone_from(before);
        path.push(place.clone());
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::{Graph, forbidden_paths};

    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        graph
    }

    #[test]
    fn an_edge_through_another_crate_is_found_with_its_path() {
        let graph = graph(&[("tiles", "bytes"), ("bytes", "tokio"), ("session", "tokio")]);
        assert_eq!(forbidden_paths(&graph, &[("tiles", &["tokio"])]), [["tiles", "bytes", "tokio"]]);
    }

    #[test]
    fn an_allowed_graph_is_silent() {
        let graph = graph(&[("session", "protocol"), ("protocol", "prost")]);
        assert!(forbidden_paths(&graph, &[("session", &["tokio"]), ("protocol", &["session"])]).is_empty());
    }
}
