import { describe, expect, it } from "vitest";
import { codeOfHash, readCode } from "./code";
import { detectDevice, downloadName } from "./device";

describe("connection codes", () => {
  it.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["123-456", "123456"],
    ["１２３４５６", "123456"],
    ["12345", null],
    ["1234567", null],
    ["12345a", null],
    ["", null],
  ])("reads %j as %j", (typed, code) => expect(readCode(typed)).toBe(code));

  it("reads the code of an opened link", () => {
    expect(codeOfHash("#123456")).toBe("123456");
    expect(codeOfHash("#%31%32%33456")).toBe("123456");
    expect(codeOfHash("#%")).toBeNull();
    expect(codeOfHash("")).toBeNull();
  });
});

describe("devices", () => {
  const os = (userAgent: string, maxTouchPoints = 0) =>
    detectDevice({ userAgent, maxTouchPoints, canShare: true, hasWebRtc: true }).os;

  it("tells systems apart, an iPad from a Mac too", () => {
    expect(os("Mozilla/5.0 (X11; Linux x86_64) Chrome/156")).toBe("linux");
    expect(os("Mozilla/5.0 (Windows NT 10.0; Win64; x64)")).toBe("windows");
    expect(os("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)")).toBe("macos");
    expect(os("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 5)).toBe("ios");
    expect(os("Mozilla/5.0 (Linux; Android 15)")).toBe("android");
  });

  it("puts the code into the name of the download", () => {
    expect(downloadName("beside", "123456")).toBe("beside-123456");
    expect(downloadName("beside.exe", "123456")).toBe("beside-123456.exe");
  });
});
