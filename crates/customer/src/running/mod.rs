//! Sessions on a thread of their own: the state machine of the `session` crate, and the wires to everything that it
//! asks for.

mod drawing;
mod exchange;
mod files;
mod hand;
mod office;
mod part;
mod peers;
mod printer;
mod share;
mod survey;
mod tools;
mod visit;

pub(crate) use exchange::{DrawPress, Press, Show, Trouble};
pub(crate) use office::Office;
pub(crate) use survey::{COMMENT_CHARS, Receipt, SurveyView};
