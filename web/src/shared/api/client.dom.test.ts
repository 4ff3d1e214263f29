import { afterEach, expect, it, vi } from "vitest";
import { admitOnly, answer, api, onSignedOut, setCsrfToken } from "./client";

afterEach(() => {
  vi.unstubAllGlobals();
  setCsrfToken(null);
});

const me = () => answer(api.GET("/api/manage/me", {}));
const departments = () => answer(api.GET("/api/manage/departments", {}));
const nobody = () => Response.json({ code: "not-signed-in", title: "" }, { status: 401 });

it("A-5: where only some paths are admitted all else is refused without the server, until somebody is signed in", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    asked.push(new URL(url).pathname);
    return Response.json({});
  });
  setCsrfToken("first");
  admitOnly(["/api/manage/me"]);
  await expect(departments()).rejects.toMatchObject({ status: 401, code: "not-signed-in" });
  await me();
  expect(asked).toEqual(["/api/manage/me"]);
  setCsrfToken("second");
  await departments();
  expect(asked).toEqual(["/api/manage/me", "/api/manage/departments"]);
});

it("A-5: a refusal that comes late of an older sign-in does not end the present one", async () => {
  const replies: ((response: Response) => void)[] = [];
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => replies.push(resolve)));
  const ended = vi.fn();
  const stop = onSignedOut(ended);
  setCsrfToken("first");
  const late = departments();
  await vi.waitFor(() => expect(replies).toHaveLength(1));
  setCsrfToken(null);
  setCsrfToken("second");
  replies[0]?.(nobody());
  await expect(late).rejects.toMatchObject({ code: "not-signed-in" });
  expect(ended).not.toHaveBeenCalled();
  const present = departments();
  await vi.waitFor(() => expect(replies).toHaveLength(2));
  replies[1]?.(nobody());
  await expect(present).rejects.toMatchObject({ code: "not-signed-in" });
  expect(ended).toHaveBeenCalledOnce();
  stop();
});
