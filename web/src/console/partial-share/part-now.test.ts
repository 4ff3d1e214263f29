import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { PartKind } from "../../generated/proto/beside/v1/common_pb";
import {
  SharedPart_Asked,
  SharedPart_State,
  SharedPartSchema,
} from "../../generated/proto/beside/v1/peer_pb";
import { partNow } from "./part-now";

test("what is shared is read as it stands", () => {
  const window = create(SharedPartSchema, {
    kind: PartKind.WINDOW,
    name: `${"가".repeat(200)}`,
    state: SharedPart_State.GONE,
    asked: SharedPart_Asked.OPEN,
  });
  expect(partNow(window)).toEqual({ part: "window", name: "가".repeat(128), state: "gone", asked: "open" });
});

test("nothing said is nothing chosen, and what a newer app says is a part of the screen", () => {
  expect(partNow(create(SharedPartSchema, {})).part).toBe("none");
  expect(partNow(create(SharedPartSchema, { kind: 9 as PartKind })).part).toBe("area");
});
