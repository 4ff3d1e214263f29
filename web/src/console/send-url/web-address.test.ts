import { describe, expect, it } from "vitest";
import { readAddress } from "./web-address";

describe("an address as people type it", () => {
  it.each([
    ["https://example.com/a?b=c", "https://example.com/a?b=c"],
    [" http://example.com ", "http://example.com/"],
    ["example.com", "https://example.com/"],
    ["example.com/도움말", "https://example.com/%EB%8F%84%EC%9B%80%EB%A7%90"],
    ["localhost:8080/a", "https://localhost:8080/a"],
    ["192.168.0.1", "https://192.168.0.1/"],
  ])("%s", (typed, url) => {
    expect(readAddress(typed)).toEqual({ url });
  });

  it.each([
    ["", "required"],
    ["   ", "required"],
    ["https://", "malformed"],
    ["two words", "malformed"],
    ["javascript:alert(1)", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["mailto:a@b.kr", "scheme"],
    ["https://bank.example@evil.example/", "credentials"],
  ])("%s is none", (typed, problem) => {
    expect(readAddress(typed)).toEqual({ problem });
  });
});
