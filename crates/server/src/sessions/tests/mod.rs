//! The feature over real sockets: two hand-made peers, and hostile ones.

mod addresses;
mod frames;
mod hostile;
mod invitations;
mod next;
mod outage;
mod peers;
mod rest;
mod restart;
mod reversed;
mod second;
mod sign_ins;
mod story;
mod strangers;
mod survey;
