//! One session after the other, each begun by the customer.

use peer::Certificate;
use tokio::sync::mpsc;

use super::returning::Return;
use super::survey::Survey;
use super::visit::{Come, Over, Plan, Visit};
use super::{Press, Show, Trouble};
use crate::link::{LinkError, Origin, discover};
use crate::texts::Language;
use crate::trust::{Destination, Meeting, Pin, Pins, Server, meet};

/// Shows something in the windows.
pub(crate) type Shower = Box<dyn Fn(Show) + Send>;

/// Waits for the customer and runs sessions.
pub(crate) struct Office {
    server: Server,
    pins: Pins,
    presses: mpsc::Receiver<Press>,
    show: Shower,
}

/// Where a session leads, or what the customer wants instead.
enum Way {
    To(Destination),
    Back,
    Quit,
}

impl Office {
    pub(crate) fn new(server: Server, pins: Pins, presses: mpsc::Receiver<Press>, show: Shower) -> Self {
        Self { server, pins, presses, show }
    }

    /// Runs until the customer quits. `way`: back into the session that stood before a restart of the machine (F-03).
    pub(crate) async fn run(mut self, way: Option<Return>) {
        let mut next = match way {
            Some(way) => self.come_back(way).await,
            None => self.presses.recv().await,
        };
        while let Some(press) = next.take() {
            next = match press {
                Press::Connect { code, language } => self.connect(code, language).await,
                Press::Quit => None,
                _ => self.presses.recv().await,
            };
        }
    }

    /// One session; what the customer pressed after it.
    async fn connect(&mut self, code: String, language: Language) -> Option<Press> {
        match self.way().await {
            Ok(Way::To(destination)) => match self.visit(destination, Come::Code(code), language).await {
                Some(press) => Some(press),
                None => self.presses.recv().await,
            },
            Ok(Way::Back) => {
                (self.show)(Show::Code);
                self.presses.recv().await
            }
            Ok(Way::Quit) => None,
            Err(error) => {
                tracing::info!(error = ?error, "No session");
                (self.show)(Show::Trouble(Trouble::Text(error.text_key())));
                self.presses.recv().await
            }
        }
    }

    /// Only to a server that this program believes already, prepared or confirmed: the file says where, never whom.
    async fn come_back(&mut self, way: Return) -> Option<Press> {
        let origin = way.origin.parse::<Origin>().ok();
        let destination = match (&self.server, origin) {
            (Server::Prepared(destination), _) => Some(destination.clone()),
            (_, Some(origin)) => self.pins.find(&origin).map(|pin| pin.destination(&origin)),
            (_, None) => None,
        };
        let Some(destination) = destination else { return self.presses.recv().await };
        let language = way.language;
        match self.visit(destination, Come::Back(way), language).await {
            Some(press) => Some(press),
            None => self.presses.recv().await,
        }
    }

    async fn visit(&mut self, destination: Destination, entry: Come, language: Language) -> Option<Press> {
        let Ok(certificate) = Certificate::generate() else {
            (self.show)(Show::Trouble(Trouble::Text("customer-problem-unreachable")));
            return None;
        };
        let plan = Plan { destination: destination.clone(), entry, language, certificate };
        // A session is large, and there is one of it.
        let Over { next, resume_token } = Box::pin(Visit::new(plan, &self.show).run(&mut self.presses)).await;
        match (next, resume_token) {
            (None, Some(token)) => Survey::new(&destination, &token).run(&mut self.presses, &self.show).await,
            (next, _) => next,
        }
    }

    async fn way(&mut self) -> Result<Way, LinkError> {
        let (origin, accept) = match &self.server {
            Server::Prepared(destination) => return Ok(Way::To(destination.clone())),
            Server::Given { origin, accept } => (origin.clone(), *accept),
            Server::Unknown => {
                (self.show)(Show::Trouble(Trouble::Text("customer-problem-no-server")));
                return Ok(self.wait_for_quit().await);
            }
        };
        if let Some(pin) = self.pins.find(&origin) {
            return match accept {
                Some(wanted) if wanted != pin.identity => Err(LinkError::WrongServer),
                _ => Ok(Way::To(pin.destination(&origin))),
            };
        }
        match meet(&origin, discover(&origin).await?, accept)? {
            Meeting::Known(pin) => Ok(Way::To(self.remember(&origin, &pin))),
            Meeting::Ask(pin) => {
                (self.show)(Show::Identity(pin.identity));
                Ok(self.ask(&origin, &pin).await)
            }
        }
    }

    async fn ask(&mut self, origin: &Origin, pin: &Pin) -> Way {
        loop {
            match self.presses.recv().await {
                Some(Press::TrustIdentity) => return Way::To(self.remember(origin, pin)),
                Some(Press::RefuseIdentity | Press::Stop) => return Way::Back,
                Some(Press::Quit) | None => return Way::Quit,
                Some(_) => {}
            }
        }
    }

    async fn wait_for_quit(&mut self) -> Way {
        loop {
            match self.presses.recv().await {
                Some(Press::Quit) | None => return Way::Quit,
                Some(Press::Connect { .. }) => {
                    (self.show)(Show::Trouble(Trouble::Text("customer-problem-no-server")));
                }
                Some(_) => {}
            }
        }
    }

    fn remember(&self, origin: &Origin, pin: &Pin) -> Destination {
        if let Err(error) = self.pins.keep(pin) {
            tracing::warn!(%error, "Server's identity is not remembered");
        }
        pin.destination(origin)
    }
}
