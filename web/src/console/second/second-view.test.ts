import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { SecondRole } from "../../generated/proto/beside/v1/common_pb";
import { OperatorsNow_Holder as Holder, OperatorsNowSchema } from "../../generated/proto/beside/v1/peer_pb";
import { SecondSchema, Second_State as State } from "../../generated/proto/beside/v1/signalling_pb";
import { isOpen, readOperators, readSecond } from "./second-view";

const second = (state: State) =>
  readSecond(
    create(SecondSchema, { state, role: SecondRole.CONTROL, name: "박\u202e두번", operator: "이상담" }),
  );

describe("the second operator [F-18]", () => {
  it("is read with names that turn nothing around them", () => {
    expect(second(State.INVITED)).toMatchObject({ state: "invited", role: "control", operator: "이상담" });
    expect(second(State.INVITED)?.name).not.toContain("\u202e");
    expect(readSecond(undefined)).toBeNull();
    expect(second(State.UNSPECIFIED)).toBeNull();
  });

  it("is awaited until the customer has answered", () => {
    expect(
      [State.INVITED, State.ACCEPTED, State.JOINED, State.DECLINED].map((s) => isOpen(second(s))),
    ).toEqual([true, true, false, false]);
  });

  it("is gone when the app names nobody", () => {
    expect(readOperators(create(OperatorsNowSchema, { operator: "이상담" }))).toBeNull();
    expect(
      readOperators(
        create(OperatorsNowSchema, { second: "박두번", holder: Holder.SECOND, secondAsks: true }),
      ),
    ).toMatchObject({ holder: "second", secondAsks: true });
  });
});
