use super::{Draw, DrawError, Look, Point, Rgb, Stroke, Tool};
use crate::{limits, wire};
use wire::draw::Act;
use wire::draw_stroke::Tool as Asked;

fn parsed(act: Act) -> Result<Draw, DrawError> {
    Draw::try_from(wire::Draw { act: Some(act) })
}

fn pen() -> wire::DrawStroke {
    wire::DrawStroke {
        id: 7,
        tool: Asked::Pen.into(),
        rgb: 0x12_34_56,
        width: 4,
        points: vec![1, 2, 3, 4],
        text: String::new(),
        done: true,
    }
}

fn text(text: &str, height: u32) -> wire::DrawStroke {
    wire::DrawStroke { tool: Asked::Text.into(), text: text.to_owned(), width: height, ..pen() }
}

#[test]
fn a_shape_is_read_with_its_look_and_its_points() {
    let look = Look::Line { tool: Tool::Pen, rgb: Rgb([0x12, 0x34, 0x56]), width_px: 4 };
    let points = vec![Point { x: 1, y: 2 }, Point { x: 3, y: 4 }];
    let whole = Stroke { id: 7, look: Some(look), points: points.clone(), done: true };
    assert_eq!(parsed(Act::Stroke(pen())), Ok(Draw::Stroke(whole)));
    let more = wire::DrawStroke { id: 7, points: vec![1, 2, 3, 4], ..wire::DrawStroke::default() };
    let goes_on = Stroke { id: 7, look: None, points, done: false };
    assert_eq!(parsed(Act::Stroke(more)), Ok(Draw::Stroke(goes_on)));
    let words = Look::Text { text: "여기 [here]".to_owned(), rgb: Rgb([0x12, 0x34, 0x56]), height_px: 24 };
    let Ok(Draw::Stroke(stroke)) = parsed(Act::Stroke(text("  여기 [here] ", 24))) else {
        panic!("a text")
    };
    assert_eq!(stroke.look, Some(words));
}

#[test]
fn places_that_no_desktop_has_are_moved_to_the_nearest_that_one_can_have() {
    let far = wire::DrawPointer { x: i32::MAX, y: i32::MIN };
    assert_eq!(parsed(Act::Pointer(far)), Ok(Draw::Pointer(Point { x: 32_767, y: -32_767 })));
    let stroke = wire::DrawStroke { points: vec![-40_000, 40_000], ..pen() };
    let Ok(Draw::Stroke(stroke)) = parsed(Act::Stroke(stroke)) else { panic!("a stroke") };
    assert_eq!(stroke.points, [Point { x: -32_767, y: 32_767 }]);
}

#[test]
fn what_is_no_shape_is_refused_with_its_number() {
    let malformed = [
        wire::DrawStroke { id: 0, ..pen() },
        wire::DrawStroke { tool: 99, ..pen() },
        wire::DrawStroke { rgb: 0x0100_0000, ..pen() },
        wire::DrawStroke { width: 0, ..pen() },
        wire::DrawStroke { width: 65, ..pen() },
        wire::DrawStroke { width: u32::MAX, ..pen() },
        wire::DrawStroke { points: vec![1], ..pen() },
        wire::DrawStroke { points: vec![], ..pen() },
        wire::DrawStroke { points: vec![0; 2 * limits::DRAW_POINTS + 2], ..pen() },
        text(" ", 24),
        text("a\u{7}", 24),
        text("a\nb", 24),
        text(&"x".repeat(limits::DRAW_TEXT_CHARS + 1), 24),
        text("x", 7),
        text("x", 201),
    ];
    for stroke in malformed {
        let id = Some(stroke.id);
        assert_eq!(parsed(Act::Stroke(stroke.clone())), Err(DrawError { id }), "{stroke:?}");
    }
    assert_eq!(Draw::try_from(wire::Draw { act: None }), Err(DrawError { id: None }));
}
