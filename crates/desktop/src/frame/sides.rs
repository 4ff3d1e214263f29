//! Where the four sides of a frame lie.

use super::Area;

/// How thick a side is, its edges included.
pub(super) const THICK_PX: u32 = 5;

/// Top, bottom, left and right of a frame around `area` on a screen of this size: outside of it, and within its edge where the
/// screen ends there. `None`: nothing of the area is on the screen.
pub(super) fn around(area: Area, screen: (u32, u32)) -> Option<[Area; 4]> {
    let signed = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    let (thick, width, height) = (signed(THICK_PX), signed(screen.0), signed(screen.1));
    let left = (area.x - thick).max(0);
    let top = (area.y - thick).max(0);
    let right = area.x.saturating_add(signed(area.width)).saturating_add(thick).min(width);
    let bottom = area.y.saturating_add(signed(area.height)).saturating_add(thick).min(height);
    let (across, down) = (u32::try_from(right - left).ok()?, u32::try_from(bottom - top).ok()?);
    if across < 2 * THICK_PX || down < 2 * THICK_PX || area.width == 0 || area.height == 0 {
        return None;
    }
    let inner = down - 2 * THICK_PX;
    Some([
        Area { x: left, y: top, width: across, height: THICK_PX },
        Area { x: left, y: bottom - thick, width: across, height: THICK_PX },
        Area { x: left, y: top + thick, width: THICK_PX, height: inner },
        Area { x: right - thick, y: top + thick, width: THICK_PX, height: inner },
    ])
}

/// The rectangle between two corners.
pub(super) fn between(one: (i32, i32), other: (i32, i32)) -> Area {
    Area {
        x: one.0.min(other.0),
        y: one.1.min(other.1),
        width: one.0.abs_diff(other.0),
        height: one.1.abs_diff(other.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlaps(one: Area, other: Area) -> bool {
        let meet = |a: i32, length: u32, b: i32, other: u32| {
            a < b + i32::try_from(other).unwrap() && b < a + i32::try_from(length).unwrap()
        };
        meet(one.x, one.width, other.x, other.width) && meet(one.y, one.height, other.y, other.height)
    }

    #[test]
    fn a_frame_lies_outside_of_what_it_frames() {
        let area = Area { x: 100, y: 80, width: 300, height: 200 };
        let sides = around(area, (1280, 800)).unwrap();
        for side in sides {
            assert!(!overlaps(side, area), "{side:?}");
        }
        assert_eq!(sides[0], Area { x: 95, y: 75, width: 310, height: 5 });
        assert_eq!(sides[3], Area { x: 400, y: 80, width: 5, height: 200 });
    }

    #[test]
    fn where_the_screen_ends_it_lies_at_the_edge() {
        let whole = Area { x: 0, y: 0, width: 1280, height: 800 };
        let sides = around(whole, (1280, 800)).unwrap();
        assert_eq!(sides[0], Area { x: 0, y: 0, width: 1280, height: 5 });
        assert_eq!(sides[1], Area { x: 0, y: 795, width: 1280, height: 5 });
        assert_eq!(sides[3], Area { x: 1275, y: 5, width: 5, height: 790 });
    }

    #[test]
    fn what_is_beside_the_screen_has_no_frame() {
        assert_eq!(around(Area { x: 2000, y: 0, width: 100, height: 100 }, (1280, 800)), None);
        assert_eq!(around(Area::default(), (1280, 800)), None);
        assert_eq!(around(Area { x: -500, y: 10, width: 100, height: 100 }, (1280, 800)), None);
    }
}
