//! The windows, on the main thread.

mod bar;
#[cfg(test)]
mod contrast;
mod front;
mod grants;
mod operator_screen;
mod own;
mod part;
mod reboot;
mod receipt;
mod rights;
mod scaled;
mod survey;
#[cfg(test)]
mod tests;
mod visible;
mod words;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use desktop::input::OWN_CLASS;
use slint::winit_030::WinitWindowAccessor;
use slint::{CloseRequestResponse, ComponentHandle, Timer};
use tokio::sync::mpsc;

use crate::arguments::{Arguments, StartError};
use crate::code;
use crate::running::{Kept, Office, Press, Return, Show};
use crate::texts::{Language, Texts};
use crate::trust::{Pins, Server, settings_folder};
use bar::Bar;
use front::Front;
use operator_screen::OperatorScreen;
use own::OwnWindows;
use part::PartSheet;

mod generated {
    #![allow(
        missing_docs,
        unreachable_pub,
        unused_qualifications,
        clippy::all,
        clippy::pedantic,
        clippy::restriction
    )]
    #![allow(
        clippy::allow_attributes_without_reason,
        reason = "the compiler of the windows writes this code"
    )]
    slint::include_modules!();
}
use generated::{BarWindow, Grant, MainWindow, OperatorScreenWindow, PartWindow, Theme};

/// A window is there long before this, or never.
const WINDOW_WAIT: Duration = Duration::from_secs(3);
/// Presses that wait for the session's thread.
const PRESSES: usize = 64;

thread_local! {
    /// The windows, for what the session's thread wants shown.
    static SCREEN: RefCell<Option<Rc<Screen>>> = const { RefCell::new(None) };
}

/// Sends what the customer did to the session's thread.
#[derive(Clone)]
struct Presser(mpsc::Sender<Press>);

impl Presser {
    fn send(&self, press: Press) {
        if self.0.try_send(press).is_err() {
            tracing::warn!("Press lost: the session does not keep up");
        }
    }
}

struct Screen {
    front: Front,
    bar: Bar,
    part: PartSheet,
    operator_screen: OperatorScreen,
    texts: RefCell<Texts>,
    last: RefCell<Option<Show>>,
}

impl Screen {
    fn show(&self, show: Show) {
        match &show {
            Show::Chat(line) => return self.bar.add_line(line, &self.texts.borrow()),
            Show::Delivered(id) => return self.bar.delivered(id),
            Show::Drawing(on) => return self.bar.set_drawing(*on),
            Show::VoiceLevels(levels) => return self.bar.set_levels(*levels),
            Show::OperatorPicture(picture) => return self.operator_screen.picture(picture),
            Show::Survey(view) => return self.front.show_survey(*view, &self.texts.borrow()),
            Show::Receipt(receipt) => return self.front.offer_receipt(receipt),
            Show::Copy(view) => return self.front.show_copy(view, &self.texts.borrow()),
            _ => {}
        }
        self.last.replace(Some(show));
        self.show_last();
    }

    fn show_last(&self) {
        let (texts, last) = (self.texts.borrow(), self.last.borrow());
        if let Some(show) = &*last {
            let sharing = self.bar.show(show, &texts, &self.front.window);
            self.front.show(show, &texts, sharing);
            self.part.show(show, &texts);
            self.operator_screen.show(show, &texts);
        }
    }

    fn set_language(&self, language: Language) {
        self.texts.replace(Texts::new(language));
        let texts = self.texts.borrow();
        words::fill(&self.front.window.global(), &texts);
        words::fill(&self.bar.window.global(), &texts);
        words::fill(&self.part.window.global(), &texts);
        words::fill(&self.operator_screen.window.global(), &texts);
        self.front.say_survey(&texts);
        drop(texts);
        self.show_last();
    }
}

/// Shows the windows until the customer closes them.
///
/// Errors: [`StartError`] where there is nothing to show, or nothing to show it on.
pub(crate) fn run(arguments: &Arguments) -> Result<(), StartError> {
    let server = Server::find(arguments)?;
    desktop::display::takes_windows().map_err(|lacks| StartError::Display(lacks.what))?;
    slint::BackendSelector::new()
        .backend_name("winit".to_owned())
        .renderer_name("software".to_owned())
        .select()
        .map_err(StartError::NoDisplay)?;
    let way = match crate::running::take_return() {
        Kept::Way(way) => Some(*way),
        // The desktop has started this run for nothing: what it was to go on with is over, or goes on in another.
        Kept::Nothing | Kept::Others if arguments.returns => return Ok(()),
        Kept::Nothing | Kept::Others => None,
    };
    let (sender, presses) = mpsc::channel(PRESSES);
    let screen = open(arguments, &server, Presser(sender.clone()))?;
    SCREEN.set(Some(Rc::clone(&screen)));
    let office =
        std::thread::Builder::new().name("session".to_owned()).spawn(move || work(server, presses, way));
    screen.front.open();
    let windowless = Rc::new(Cell::new(false));
    let (weak, found) = (Rc::downgrade(&screen), Rc::clone(&windowless));
    Timer::single_shot(WINDOW_WAIT, move || {
        // The window system's refusal of a window's colours does not come as an error.
        if weak.upgrade().is_some_and(|screen| !screen.front.window.window().has_winit_window()) {
            found.set(true);
            quit();
        }
    });
    let ran = slint::run_event_loop_until_quit().map_err(StartError::NoDisplay);
    SCREEN.set(None);
    // The session's thread releases keys and says goodbye; it is bounded by itself.
    if sender.try_send(Press::Quit).is_err() {
        tracing::debug!("The session had ended before");
    }
    drop((sender, screen));
    if let Ok(office) = office
        && office.join().is_err()
    {
        tracing::error!("The session's thread broke");
    }
    if windowless.get() {
        return Err(StartError::NoWindow);
    }
    ran
}

fn work(server: Server, presses: mpsc::Receiver<Press>, way: Option<Return>) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "Session's thread cannot start"),
    };
    let show = Box::new(|show: Show| {
        let done = slint::invoke_from_event_loop(move || {
            SCREEN.with_borrow(|screen| screen.iter().for_each(|screen| screen.show(show.clone())));
        });
        if done.is_err() {
            tracing::debug!("The windows are closed");
        }
    });
    let office = Office::new(server, Pins::new(settings_folder()), presses, show);
    runtime.block_on(async {
        tokio::select! {
            () = office.run(way) => {}
            () = closed_from_outside() => {}
        }
    });
}

/// Whoever ends the program from outside (a logout, `kill`, Ctrl+C) ends it as its own close button does: the windows
/// go, and with them the session, which tells the server and lets every key go. Never ends by itself.
async fn closed_from_outside() {
    crate::closing::asked().await;
    tracing::info!("Asked to end");
    quit();
    std::future::pending().await
}

fn open(arguments: &Arguments, server: &Server, presser: Presser) -> Result<Rc<Screen>, StartError> {
    // Every window bears it before it is shown: by this the desktop keeps the operator's input away from it.
    slint::set_xdg_app_id(OWN_CLASS).map_err(StartError::NoDisplay)?;
    let main = MainWindow::new().map_err(StartError::NoDisplay)?;
    let bar = BarWindow::new().map_err(StartError::NoDisplay)?;
    let part = PartWindow::new().map_err(StartError::NoDisplay)?;
    let operator_screen = OperatorScreenWindow::new().map_err(StartError::NoDisplay)?;
    let colours = arguments.colours.clone().unwrap_or_default();
    main.global::<Theme<'_>>().set_forced(colours.clone().into());
    bar.global::<Theme<'_>>().set_forced(colours.clone().into());
    part.global::<Theme<'_>>().set_forced(colours.clone().into());
    operator_screen.global::<Theme<'_>>().set_forced(colours.into());
    main.set_server(server.name().into());
    main.set_code(first_code(arguments).into());
    let own = OwnWindows::new(&main, &bar, presser.clone());
    let screen = Rc::new(Screen {
        front: Front::new(main, own),
        bar: Bar::new(bar, presser.clone()),
        part: PartSheet::new(part, presser.clone()),
        operator_screen: OperatorScreen::new(operator_screen),
        texts: RefCell::new(Texts::new(arguments.language())),
        last: RefCell::new(None),
    });
    screen.set_language(arguments.language());
    wire_front(&screen, &presser);
    wire_end(&screen, &presser);
    wire_survey(&screen, &presser);
    wire_part(&screen, &presser);
    wire_operator_screen(&screen, &presser);
    Ok(screen)
}

/// The code from the command line or from the program's own name: shown, never used without a press.
fn first_code(arguments: &Arguments) -> String {
    let named = || {
        let program = std::env::args_os().next()?;
        let name = std::path::Path::new(&program).file_name()?.to_str()?.to_owned();
        code::from_file_name(&name)
    };
    arguments.code.as_deref().map(code::digits).or_else(named).unwrap_or_default()
}

fn wire_front(screen: &Rc<Screen>, presser: &Presser) {
    let window = &screen.front.window;
    window.on_code_edited(|typed| code::digits(&typed).into());
    let (weak, press) = (Rc::downgrade(screen), presser.clone());
    window.on_next(move || {
        if let Some(screen) = weak.upgrade() {
            let texts = screen.texts.borrow();
            if let Some(code) = screen.front.begin(&texts) {
                screen.bar.clear();
                press.send(Press::Connect { code, language: texts.language() });
            }
        }
    });
    let simple = |press: Press| {
        let presser = presser.clone();
        move || presser.send(press.clone())
    };
    window.on_cancel(simple(Press::Stop));
    window.on_decline(simple(Press::Decline));
    window.on_trust_identity(simple(Press::TrustIdentity));
    window.on_refuse_identity(simple(Press::RefuseIdentity));
    let press = presser.clone();
    window.on_agree(move |control, record| press.send(Press::Agree { control, record }));
    let weak = Rc::downgrade(screen);
    window.on_choose_language(move |tag| {
        if let (Some(screen), Ok(language)) = (weak.upgrade(), tag.parse()) {
            screen.set_language(language);
        }
    });
    let weak = Rc::downgrade(screen);
    window.on_again(move || {
        if let Some(screen) = weak.upgrade() {
            screen.last.replace(None);
            screen.front.back_to_code();
        }
    });
}

fn wire_end(screen: &Rc<Screen>, presser: &Presser) {
    let window = &screen.front.window;
    window.on_quit(quit);
    window.window().on_close_requested(|| {
        quit();
        CloseRequestResponse::HideWindow
    });
    let press = presser.clone();
    screen.bar.window.window().on_close_requested(move || {
        press.send(Press::Stop);
        CloseRequestResponse::KeepWindowShown
    });
}

fn wire_survey(screen: &Rc<Screen>, presser: &Presser) {
    let window = &screen.front.window;
    let weak = Rc::downgrade(screen);
    window.on_survey_edited(move || {
        if let Some(screen) = weak.upgrade() {
            screen.front.survey_edited(&screen.texts.borrow());
        }
    });
    let (weak, press) = (Rc::downgrade(screen), presser.clone());
    window.on_send_survey(move || {
        if let Some(screen) = weak.upgrade()
            && let Some(answer) = screen.front.survey_answer()
        {
            press.send(answer);
        }
    });
    let press = presser.clone();
    window.on_skip_survey(move || press.send(Press::SkipSurvey));
    let press = presser.clone();
    window.on_ask_copy(move || press.send(Press::AskForCopy));
    let weak = Rc::downgrade(screen);
    window.on_save_receipt(move || {
        if let Some(screen) = weak.upgrade() {
            screen.front.save_receipt(&screen.texts.borrow());
        }
    });
}

fn wire_part(screen: &Rc<Screen>, presser: &Presser) {
    let window = &screen.part.window;
    let with = |act: fn(&Screen)| {
        let weak = Rc::downgrade(screen);
        move || {
            if let Some(screen) = weak.upgrade() {
                act(&screen);
            }
        }
    };
    screen.bar.window.on_open_part(with(|screen| screen.part.open(&screen.texts.borrow())));
    screen.part.refresh_by(with(|screen| screen.part.fill(&screen.texts.borrow())));
    window.on_share(with(|screen| screen.part.share()));
    window.on_keep(with(|screen| screen.part.keep()));
    let press = presser.clone();
    window.on_draw_area(move || press.send(Press::DrawArea));
    let close = with(|screen| screen.part.keep());
    window.window().on_close_requested(move || {
        close();
        CloseRequestResponse::KeepWindowShown
    });
}

fn wire_operator_screen(screen: &Rc<Screen>, presser: &Presser) {
    let window = &screen.operator_screen.window;
    let press = presser.clone();
    window.on_end(move || press.send(Press::EndOperatorScreen));
    let weak = Rc::downgrade(screen);
    window.on_refit(move || {
        if let Some(screen) = weak.upgrade() {
            screen.operator_screen.refit();
        }
    });
    let press = presser.clone();
    window.window().on_close_requested(move || {
        press.send(Press::EndOperatorScreen);
        CloseRequestResponse::KeepWindowShown
    });
}

fn quit() {
    if let Err(error) = slint::quit_event_loop() {
        tracing::debug!(%error, "The windows were closed already");
    }
}
