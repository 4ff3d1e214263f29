//! Sessions on a thread of their own: the state machine of the `session` crate, and the wires to everything that it
//! asks for.

mod clipboard;
mod drawing;
mod exchange;
mod files;
mod hand;
mod office;
mod operator_screen;
mod part;
mod peers;
mod printer;
mod returning;
mod share;
mod survey;
mod thread_end;
mod tools;
mod visit;
mod voice;

pub(crate) use exchange::{DrawPress, Press, Show, Trouble};
pub(crate) use office::Office;
pub(crate) use operator_screen::OperatorPicture;
pub(crate) use returning::{Kept, Return, take as take_return};
pub(crate) use survey::{COMMENT_CHARS, CopyView, Receipt, SurveyView};
pub(crate) use voice::VoiceLevels;
