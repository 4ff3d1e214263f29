import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  PointerButton_Button as Button,
  type InputSchema,
  SpecialKeys_Combination as Keys,
  type PeerMessageSchema,
  PeerMessageSchema as Schema,
} from "../../generated/proto/beside/v1/peer_pb";
import type { Combination, InputEvent, PointerButtonName } from "../input/input-event";
import type { NumberedInput } from "../input/sender";

export type PeerMessageInit = MessageInitShape<typeof PeerMessageSchema>;
type InputInit = MessageInitShape<typeof InputSchema>;

const BUTTONS: Readonly<Record<PointerButtonName, Button>> = {
  left: Button.LEFT,
  middle: Button.MIDDLE,
  right: Button.RIGHT,
  back: Button.BACK,
  forward: Button.FORWARD,
};

const COMBINATIONS: Readonly<Record<Combination, Keys>> = {
  "ctrl-alt-del": Keys.CTRL_ALT_DEL,
  super: Keys.SUPER,
  "alt-tab": Keys.ALT_TAB,
  "alt-f4": Keys.ALT_F4,
  hangul: Keys.HANGUL,
  hanja: Keys.HANJA,
  "print-screen": Keys.PRINT_SCREEN,
  "ctrl-esc": Keys.CTRL_ESC,
};

/** The bytes of one message between console and customer. */
export function encodePeer(body: NonNullable<PeerMessageInit["body"]>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(toBinary(Schema, create(Schema, { body })));
}

/** An input event as the wire carries it. */
export function encodeInput(input: NumberedInput): Uint8Array<ArrayBuffer> {
  return encodePeer({ case: "input", value: inputInit(input) });
}

function inputInit(input: NumberedInput): InputInit {
  if ("move" in input) {
    return { number: input.number, moveNumber: input.moveNumber, event: { case: "move", value: input.move } };
  }
  return { number: input.number, event: eventInit(input.event) };
}

function eventInit(event: InputEvent): NonNullable<InputInit["event"]> {
  switch (event.kind) {
    case "key":
      return { case: "key", value: { code: event.code, pressed: event.pressed } };
    case "text":
      return { case: "text", value: { text: event.text } };
    case "button": {
      const { button, pressed, at } = event;
      return { case: "button", value: { button: BUTTONS[button], pressed, x: at.x, y: at.y } };
    }
    case "wheel":
      return { case: "wheel", value: { x: event.x, y: event.y, atX: event.at.x, atY: event.at.y } };
    case "special":
      return { case: "specialKeys", value: { combination: COMBINATIONS[event.combination] } };
    case "release-all":
      return { case: "releaseAll", value: {} };
  }
}
