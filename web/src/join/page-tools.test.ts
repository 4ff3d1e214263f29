import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { ToolRequestSchema } from "../generated/proto/beside/v1/peer_pb";
import { PageTools } from "./page-tools";

const capture = create(ToolRequestSchema, { tool: { case: "captureScreen", value: {} } });
const url = create(ToolRequestSchema, { tool: { case: "openUrl", value: { url: "https://a.kr/" } } });

it("F-08: a page lets a picture be kept, records it, and has no other tool", () => {
  let now = 0;
  const tools = new PageTools(() => now);
  expect(tools.judge(capture, { capture: true })).toEqual({
    problem: "",
    event: { case: "toolUsed", value: { tool: "screen-capture" } },
  });
  expect(tools.judge(capture, { capture: true }).problem).toBe("busy");
  now = 1_000;
  expect(tools.judge(url, { capture: true })).toEqual({ problem: "unsupported", event: null });
  now = 2_000;
  expect(tools.judge(capture, { capture: false })).toMatchObject({
    problem: "forbidden",
    event: { value: { what: "screen-capture-forbidden" } },
  });
});
