import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import {
  ReversedStateSchema,
  ReversedState_Stage as Stage,
} from "../../generated/proto/beside/v1/signalling_pb";
import { isOpen, OperatorControl, readReversed } from "./operator-control";

const told = (stage: Stage, code = "") =>
  readReversed(create(ReversedStateSchema, { stage, code, codeExpiresAtMs: 5n }));

it("what the server tells is read, and what is of a later version is nothing", () => {
  expect(readReversed(undefined)).toBeNull();
  expect(told(99 as Stage)).toBeNull();
  expect(told(Stage.AGREED, "123456")).toEqual({ stage: "agreed", code: "123456", codeExpiresAt_ms: 5 });
  const open = [Stage.ASKED, Stage.AGREED, Stage.ACTIVE, Stage.REFUSED, Stage.ENDED, Stage.EXPIRED].map(
    (stage) => isOpen(told(stage)),
  );
  expect(open).toEqual([true, true, true, false, false, false]);
});

it("the tool begins and ends, one wish at a time, and says why one came to nothing", async () => {
  const asked: string[] = [];
  let refuse = false;
  const act = (what: string) => async (session: string) => {
    asked.push(`${what} ${session}`);
    if (refuse) throw new Error("no");
  };
  const control = new OperatorControl(() => "7", { begin: act("begin"), end: act("end") });
  control.toggle(null);
  control.toggle(null);
  expect(asked).toEqual(["begin 7"]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  control.toggle(told(Stage.ACTIVE));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(asked).toEqual(["begin 7", "end 7"]);
  refuse = true;
  control.toggle(told(Stage.ENDED));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(control.problem.get()).toEqual(new Error("no"));
  control.dismiss();
  expect(control.problem.get()).toBeNull();
});
