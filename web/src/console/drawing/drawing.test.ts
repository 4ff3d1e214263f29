import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { DrawnSchema, DrawStroke_Tool as Wire } from "../../generated/proto/beside/v1/drawing_pb";
import { TestClock } from "../../shared/session/test-clock";
import { type DrawAct, Drawing } from "./drawing";
import { COLOURS, DRAWING_TOOLS, drawingKey, widthBeside } from "./drawing-tools";

function drawn(connected = true) {
  const clock = new TestClock();
  const sent: DrawAct[] = [];
  const drawing = new Drawing({
    send: (act) => {
      sent.push(act);
      return connected;
    },
    after: clock.after,
  });
  const stands = (id: number, problem = "") =>
    drawing.told(create(DrawnSchema, { told: { case: "stroke", value: { id, problem } } }));
  return {
    drawing,
    clock,
    stands,
    sent: () => sent.splice(0),
    ids: () => drawing.shapes.get().map(({ id }) => id),
  };
}

const at = (x: number, y: number) => ({ x, y });

describe("a shape that is drawn [F-11]", () => {
  it("goes out as it comes, and is there until the picture has it", () => {
    const o = drawn();
    o.drawing.setOn(true);
    o.drawing.begin(at(1, 2));
    o.clock.pass(30);
    o.drawing.move([at(3, 4), at(3, 4)]);
    o.clock.pass(30);
    o.drawing.end();
    expect(o.sent()).toEqual([
      { case: "mode", value: { on: true } },
      {
        case: "stroke",
        value: { id: 1, tool: Wire.PEN, rgb: 0xe03131, width: 4, text: "", points: [1, 2], done: false },
      },
      { case: "stroke", value: { id: 1, points: [3, 4], done: false } },
      { case: "stroke", value: { id: 1, points: [], done: true } },
    ]);
    o.drawing.pictureDrawn();
    expect(o.ids()).toEqual([1]);
    o.stands(1);
    o.drawing.pictureDrawn();
    expect(o.ids(), "that picture may have been on its way before").toEqual([1]);
    o.clock.pass(60);
    o.drawing.pictureDrawn();
    expect(o.ids()).toEqual([]);
  });

  it("goes without a picture too, which a screen that looks the same never sends", () => {
    const o = drawn();
    o.drawing.begin(at(1, 2));
    o.drawing.end();
    o.stands(1);
    o.clock.pass(500);
    expect(o.ids()).toEqual([]);
  });

  it("of two ends goes out when it is whole, and a press alone is none", () => {
    const o = drawn();
    o.drawing.choose({ tool: "arrow", colour: "blue", width: "thick" });
    o.drawing.begin(at(1, 1));
    o.drawing.move([at(5, 5)]);
    o.drawing.move([at(9, 9)]);
    o.clock.pass(100);
    expect(o.sent()).toEqual([]);
    o.drawing.end();
    const value = {
      id: 1,
      tool: Wire.ARROW,
      rgb: 0x1971c2,
      width: 8,
      text: "",
      points: [1, 1, 9, 9],
      done: true,
    };
    expect(o.sent()).toEqual([{ case: "stroke", value }]);
    o.drawing.begin(at(1, 1));
    o.drawing.end();
    expect([o.sent(), o.ids()]).toEqual([[], [1]]);
  });

  it("that the app refuses, or that nobody hears, is not shown", () => {
    const o = drawn();
    o.drawing.begin(at(1, 1));
    o.stands(1, "full");
    expect(o.ids()).toEqual([]);
    o.drawing.move([at(2, 2)]);
    expect(o.ids()).toEqual([]);
    const away = drawn(false);
    away.drawing.write("here", at(1, 1));
    expect(away.ids()).toEqual([]);
  });

  it("that is longer than one may be goes on as another", () => {
    const o = drawn();
    o.drawing.begin(at(0, 0));
    for (let x = 1; x < 4_000; x += 1) o.drawing.move([at(x, 0)]);
    o.drawing.end();
    expect(o.drawing.shapes.get().map(({ points }) => points.length)).toEqual([1_900, 1_900, 202]);
    expect(o.drawing.shapes.get()[1]?.points[0]).toEqual(at(1_899, 0));
  });

  it("is taken back while it is drawn, here and there", () => {
    const o = drawn();
    o.drawing.begin(at(1, 1));
    expect([o.drawing.cancel(), o.sent()]).toEqual([true, []]);
    o.drawing.begin(at(1, 1));
    o.clock.pass(30);
    o.drawing.undo();
    expect([o.sent().map(({ case: what }) => what), o.ids()]).toEqual([["stroke", "stroke", "undo"], []]);
    o.drawing.undo();
    expect(o.sent()).toEqual([{ case: "undo", value: {} }]);
  });

  it("has words without what is no letter", () => {
    const o = drawn();
    o.drawing.write("  여기\tA\n", at(3, 4));
    o.drawing.write(" \n", at(3, 4));
    const value = {
      id: 1,
      tool: Wire.TEXT,
      rgb: 0xe03131,
      width: 28,
      text: "여기 A",
      points: [3, 4],
      done: true,
    };
    expect(o.sent()).toEqual([{ case: "stroke", value }]);
  });

  it("ends with the connection, and the next one hears that drawing is on", () => {
    const o = drawn();
    o.drawing.setOn(true);
    o.drawing.begin(at(1, 1));
    const state = { case: "state" as const, value: { own: 2, all: 3, customerDraws: true } };
    o.drawing.told(create(DrawnSchema, { told: state }));
    expect(o.drawing.state.get()).toMatchObject({ own: 2, all: 3, customerDraws: true });
    o.drawing.interrupted();
    o.sent();
    o.drawing.connected();
    expect(o.sent()).toEqual([{ case: "mode", value: { on: true } }]);
    expect(o.drawing.state.get()).toMatchObject({ own: 0, all: 0, customerDraws: false });
    expect(o.ids()).toEqual([]);
  });
});

it("the fading pointer goes out at the pace of an eye, and its last place always", () => {
  const o = drawn();
  for (let x = 0; x < 100; x += 1) {
    o.drawing.point(at(x, 0));
    o.clock.pass(1);
  }
  o.clock.pass(100);
  const places = o.sent().map((act) => (act.case === "pointer" ? act.value : act));
  expect(places).toHaveLength(4);
  expect(places.at(-1)).toEqual(at(99, 0));
});

it("every tool and colour has a key of its own", () => {
  const key = (code: string, held: Partial<Record<"ctrlKey" | "altKey" | "shiftKey", boolean>> = {}) =>
    drawingKey({ code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });
  for (const { name, code } of DRAWING_TOOLS) expect(key(code)).toEqual({ kind: "tool", tool: name });
  for (const [index, colour] of COLOURS.entries())
    expect(key(`Digit${index + 1}`)).toEqual({ kind: "colour", colour });
  expect(new Set(DRAWING_TOOLS.map(({ code }) => code)).size).toBe(DRAWING_TOOLS.length);
  expect(key("KeyZ", { ctrlKey: true })).toEqual({ kind: "undo" });
  for (const held of ["ctrlKey", "altKey", "shiftKey"] as const)
    expect(key("KeyP", { [held]: true })).toBeNull();
  expect([widthBeside("thin", -1), widthBeside("thin", 1), widthBeside("thick", 1)]).toEqual([
    "thin",
    "medium",
    "thick",
  ]);
});
