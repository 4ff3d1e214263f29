//! What a list of favourites may hold: what the customer app would open, and nothing that it would refuse.

use super::api::{Favourite, FavouriteKind};
use crate::{
    fields::Fields,
    problem::{FieldProblem, field_code},
};
use protocol::tools::{self, FavouriteError};
use store::favourites as kept;

/// Most entries of one list.
const MOST: usize = 100;
/// Longest target, in characters.
const TARGET_CHARACTERS: usize = 1_000;

/// A list as it is kept; what is wrong is noted under "favourites", by place and field.
pub(crate) fn checked(fields: &mut Fields, given: &[Favourite]) -> Vec<kept::Favourite> {
    if MOST < given.len() {
        fields.refuse(FieldProblem::new("favourites", field_code::TOO_MANY).with("max", MOST));
        return Vec::new();
    }
    let favourite = |(position, favourite): (usize, &Favourite)| {
        let mut own = Fields::default();
        let name = own.name("name", &favourite.name);
        let target = own.line("target", &favourite.target, TARGET_CHARACTERS);
        // What is far too long comes back empty, too, and was refused for that.
        if favourite.target.trim().is_empty() {
            own.refuse(FieldProblem::new("target", field_code::REQUIRED));
        } else if let Some(code) = refusal(favourite.kind, &target) {
            own.refuse(FieldProblem::new("target", code));
        }
        fields.refuse_within(&format!("favourites.{position}"), own);
        kept::Favourite { name, kind: favourite.kind.into(), target }
    };
    given.iter().enumerate().map(favourite).collect()
}

fn refusal(kind: FavouriteKind, target: &str) -> Option<crate::problem::FieldCode> {
    let kind = match kind {
        FavouriteKind::Url => tools::FavouriteKind::Url,
        FavouriteKind::Program => tools::FavouriteKind::Program,
        FavouriteKind::Folder => tools::FavouriteKind::Folder,
    };
    match tools::Favourite::parse(kind, target) {
        Err(FavouriteError::Malformed) if matches!(kind, tools::FavouriteKind::Url) && !target.is_empty() => {
            Some(field_code::WEB_ADDRESS)
        }
        // Noted already: too long, or with characters that no line has.
        Ok(_) | Err(FavouriteError::Malformed) => None,
        Err(FavouriteError::Url) => Some(field_code::WEB_ADDRESS),
        Err(FavouriteError::Program) => Some(field_code::PROGRAM),
        Err(FavouriteError::Folder) => Some(field_code::FOLDER),
    }
}
