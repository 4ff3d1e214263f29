//! `docs/protocol.md`: every message between console, customer and server with its comment, made from `proto/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use protox::prost_reflect::prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto, field_descriptor_proto,
};

use crate::project::Project;

/// Where it stands.
pub(crate) const PAGE: &str = "docs/protocol.md";

/// In reading order.
const FILES: [&str; 5] = [
    "beside/v1/signalling.proto",
    "beside/v1/peer.proto",
    "beside/v1/drawing.proto",
    "beside/v1/files.proto",
    "beside/v1/common.proto",
];
/// What every type of ours begins with.
const PACKAGE: &str = ".beside.v1.";

const HEAD: &str = "# Protocol\n\n\
    Every message between console, customer and server, in Protocol Buffers. Made from `proto/` by `cargo xtask generate`: \
    change it there.\n\n\
    A field's number is never used again, the value 0 of an enumeration says nothing, and what a program does not know \
    it skips; policies alone are refused when they ask for something unknown.\n";

// Numbers of fields of `descriptor.proto`, of which the paths of comments are made.
const FILE_MESSAGE: i32 = 4;
const FILE_ENUM: i32 = 5;
const FILE_SYNTAX: i32 = 12;
const MESSAGE_FIELD: i32 = 2;
const MESSAGE_NESTED: i32 = 3;
const MESSAGE_ENUM: i32 = 4;
const ENUM_VALUE: i32 = 2;

/// The page's text.
pub(crate) fn text(project: &Project) -> Result<String> {
    let set = protox::compile(FILES, [project.path("proto")]).context("proto/")?;
    let mut page = HEAD.to_owned();
    for name in FILES {
        let file = set.file.iter().find(|file| file.name() == name).context(name)?;
        write_file(&mut page, file)?;
    }
    Ok(page)
}

fn write_file(page: &mut String, file: &FileDescriptorProto) -> Result<()> {
    let comments = Comments::of(file);
    let short = file.name().rsplit('/').next().unwrap_or_default();
    writeln!(page, "\n## {short}\n\n{}", comments.block(&[FILE_SYNTAX]))?;
    for (at, message) in (0..).zip(&file.message_type) {
        write_message(page, &comments, "", message, &[FILE_MESSAGE, at])?;
    }
    for (at, one) in (0..).zip(&file.enum_type) {
        write_enum(page, &comments, "", one, &[FILE_ENUM, at])?;
    }
    Ok(())
}

fn write_message(
    page: &mut String,
    comments: &Comments,
    within: &str,
    message: &DescriptorProto,
    path: &[i32],
) -> Result<()> {
    let name = format!("{within}{}", message.name());
    write_heading(page, &name, &comments.block(path))?;
    if !message.field.is_empty() {
        writeln!(page, "\n| | field | type | |\n|---|---|---|---|")?;
    }
    for (at, field) in (0..).zip(&message.field) {
        let comment = comments.line(&below(path, MESSAGE_FIELD, at));
        let kind = kind_of(message, field);
        writeln!(page, "| {} | `{}` | {kind} | {comment} |", field.number(), field.name())?;
    }
    let within = format!("{name}.");
    for (at, one) in (0..).zip(&message.enum_type) {
        write_enum(page, comments, &within, one, &below(path, MESSAGE_ENUM, at))?;
    }
    for (at, nested) in (0..).zip(&message.nested_type) {
        write_message(page, comments, &within, nested, &below(path, MESSAGE_NESTED, at))?;
    }
    Ok(())
}

fn write_enum(
    page: &mut String,
    comments: &Comments,
    within: &str,
    one: &EnumDescriptorProto,
    path: &[i32],
) -> Result<()> {
    write_heading(page, &format!("{within}{}", one.name()), &comments.block(path))?;
    writeln!(page, "\n| | value | |\n|---|---|---|")?;
    for (at, value) in (0..).zip(&one.value) {
        let comment = comments.line(&below(path, ENUM_VALUE, at));
        writeln!(page, "| {} | `{}` | {comment} |", value.number(), value.name())?;
    }
    Ok(())
}

fn write_heading(page: &mut String, name: &str, comment: &str) -> Result<()> {
    writeln!(page, "\n### {name}")?;
    if !comment.is_empty() {
        writeln!(page, "\n{comment}")?;
    }
    Ok(())
}

fn kind_of(message: &DescriptorProto, field: &FieldDescriptorProto) -> String {
    use field_descriptor_proto::{Label, Type};
    let plain = match field.r#type() {
        Type::Message | Type::Enum => {
            let name = field.type_name().trim_start_matches(PACKAGE);
            format!("[{name}](#{})", name.to_lowercase().replace('.', ""))
        }
        other => format!("{other:?}").to_lowercase(),
    };
    let choice = field.oneof_index.and_then(|at| message.oneof_decl.get(usize::try_from(at).ok()?));
    match choice {
        Some(choice) => format!("{plain}, one of `{}`", choice.name()),
        None if field.label() == Label::Repeated => format!("list of {plain}"),
        None => plain,
    }
}

fn below(path: &[i32], field: i32, at: i32) -> Vec<i32> {
    [path, &[field, at]].concat()
}

/// What stands above each thing in a file.
struct Comments(BTreeMap<Vec<i32>, String>);

impl Comments {
    fn of(file: &FileDescriptorProto) -> Self {
        let places = file.source_code_info.iter().flat_map(|info| &info.location);
        let above = places.filter_map(|place| Some((place.path.clone(), place.leading_comments.clone()?)));
        Self(above.collect())
    }

    /// As it stands, line by line: what is indented there is a table of its own.
    fn block(&self, path: &[i32]) -> String {
        let lines = self.0.get(path).map(String::as_str).unwrap_or_default().lines();
        let lines = lines.map(|line| match line.strip_prefix("   ") {
            Some(indented) => format!("- {}", indented.trim_end()),
            None => line.trim().to_owned(),
        });
        escaped(lines.collect::<Vec<_>>().join("\n").trim())
    }

    fn line(&self, path: &[i32]) -> String {
        let words = self.0.get(path).map(String::as_str).unwrap_or_default().split_whitespace();
        escaped(&words.collect::<Vec<_>>().join(" "))
    }
}

/// For a cell of a table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::{Comments, FILE_SYNTAX, write_file};

    const SOURCE: &str = r#"// Between two ends.
//   "one"  a channel
syntax = "proto3";
package beside.v1;

// Said | first.
message Hello {
  enum Kind {
    KIND_UNSPECIFIED = 0;
    // A page.
    KIND_PAGE = 1;
  }
  Kind kind = 2;
  // In two
  // lines.
  repeated string names = 3;
  oneof entry {
    bytes token = 7;
  }
}
"#;

    #[test]
    fn every_field_stands_with_its_comment() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.proto"), SOURCE).expect("written");
        let set = protox::compile(["a.proto"], [folder.path()]).expect("compiled");
        let [file] = set.file.as_slice() else { panic!("one file") };
        let mut page = String::new();
        write_file(&mut page, file).expect("text");
        for line in [
            "## a.proto",
            "- \"one\"  a channel",
            "### Hello",
            "Said \\| first.",
            "| 2 | `kind` | [Hello.Kind](#hellokind) |  |",
            "| 3 | `names` | list of string | In two lines. |",
            "| 7 | `token` | bytes, one of `entry` |  |",
            "### Hello.Kind",
            "| 1 | `KIND_PAGE` | A page. |",
        ] {
            assert!(page.lines().any(|found| found == line), "{line} in {page}");
        }
        assert!(Comments::of(file).block(&[FILE_SYNTAX]).starts_with("Between two ends."));
    }
}
