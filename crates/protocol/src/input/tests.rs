use super::{InputError, InputEvent, KeyCode, NumberedInput};
use crate::{limits, wire};

fn check(number: u64, move_number: u64, event: wire::input::Event) -> Result<InputEvent, InputError> {
    NumberedInput::try_from(wire::Input { number, move_number, event: Some(event) }).map(|input| input.event)
}

#[test]
fn values_outside_their_bounds_are_no_input() {
    use wire::input::Event;
    let far = limits::COORDINATE_PX + 1;
    assert_eq!(
        check(0, 1, Event::Move(wire::PointerMove { x: far, y: 0 })),
        Err(InputError::Coordinate { value_px: far })
    );
    assert_eq!(
        check(1, 0, Event::Wheel(wire::Wheel { y: i32::MIN, ..wire::Wheel::default() })),
        Err(InputError::Wheel { units: i32::MIN })
    );
    assert_eq!(check(0, 0, Event::ReleaseAll(wire::ReleaseAll {})), Err(InputError::Number));
    assert_eq!(check(1, 0, Event::Button(wire::PointerButton::default())), Err(InputError::Unknown));
    let long = "가".repeat(limits::INPUT_TEXT_CHARS + 1);
    assert!(check(1, 0, Event::Text(wire::Text { text: long })).is_err());
    assert!(check(1, 0, Event::Text(wire::Text { text: "a\n".to_owned() })).is_err());
    assert!(check(1, 0, Event::Text(wire::Text { text: String::new() })).is_err());
    assert!(KeyCode::new("Key A").is_err());
    assert!(KeyCode::new(&"K".repeat(33)).is_err());
}

#[test]
fn korean_text_of_full_length_is_input() {
    let text = "한".repeat(limits::INPUT_TEXT_CHARS);
    let event = wire::input::Event::Text(wire::Text { text: text.clone() });
    assert_eq!(check(7, 0, event), Ok(InputEvent::Text(text)));
}
