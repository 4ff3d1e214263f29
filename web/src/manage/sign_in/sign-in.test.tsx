import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { answer, api, getCsrfToken } from "../../shared/api/client";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const SITE = { company_needed: false, company: "acme", service_name: "ACME 원격지원", version: "0" };
const NOBODY = new Refusal(401, { code: "not-signed-in", title: "", status: 401 });

it("A-1: who was signed out stands where they were after signing in", async () => {
  const answers: Record<string, unknown> = {
    "GET /api/site": SITE,
    "GET /api/manage/me": NOBODY,
    "POST /api/manage/sign-in": SIGNED_IN,
    "GET /api/manage/support-types": { support_types: [{ id: "1", name: "설치 문의", position: 1 }] },
  };
  const requests = open("/manage/acme/support-types", answers);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "admin");
  expect(screen.queryByText(/로그인이 끝났습니다/), "nobody was signed in before").toBeNull();
  await user.type(screen.getByLabelText("Password"), "Secret12{Enter}");
  expect(await screen.findByRole("heading", { name: "상담유형 관리" })).toBeTruthy();
  expect(await screen.findByText("설치 문의")).toBeTruthy();
  const sent = requests.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ company: "acme", id: "admin", password: "Secret12", code: null });
});

it("A-1: a wrong password says so and empties the field", async () => {
  open("/manage/acme", {
    "GET /api/site": SITE,
    "GET /api/manage/me": NOBODY,
    "POST /api/manage/sign-in": new Refusal(401, { code: "sign-in-failed-test", title: "다시 확인하세요." }),
  });
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "admin");
  await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("다시 확인하세요.");
  expect(screen.getByLabelText("Password")).toHaveProperty("value", "");
  expect(screen.getByLabelText("ID")).toHaveProperty("value", "admin");
  expect(screen.queryByText("반드시 입력해야 합니다."), "the page emptied it").toBeNull();
  await user.click(screen.getByRole("button", { name: "로그인" }));
  expect(screen.getByText("반드시 입력해야 합니다.")).toBeTruthy();
});

/** A page of which somebody has typed half, when the server says at Save that nobody is signed in. */
async function typedWhenItEnded() {
  const answers: Record<string, unknown> = {
    "GET /api/site": SITE,
    "GET /api/manage/me": SIGNED_IN,
    "GET /api/manage/licence": { seats: 5, seats_used: 1, mobile_seats: 0, mobile_seats_used: 0 },
    "GET /api/manage/departments": { departments: [{ id: "7", name: "기술지원팀", operators: 0 }] },
    "POST /api/manage/operators": NOBODY,
  };
  const requests = open("/manage/acme/operators/new", answers);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("상담원 이름"), "박상담");
  await user.type(screen.getByLabelText("ID"), "park");
  await user.type(screen.getByLabelText("Password"), "Secret12");
  await user.type(screen.getByLabelText("Password 확인"), "Secret12{Enter}");
  const cover = within(await screen.findByRole("dialog", { name: "다시 로그인" }));
  return { answers, requests, user, cover };
}

it("A-5: when the sign-in ends the page is covered, and what was typed stands there afterwards but for passwords", async () => {
  const { answers, requests, user, cover } = await typedWhenItEnded();
  expect(cover.getByText(/로그인이 끝났습니다/)).toBeTruthy();
  expect(document.documentElement.dataset["covered"], "the page is hidden").toBe("");
  expect(document.title).toBe("다시 로그인 · Beside");
  expect(cover.getByLabelText("ID")).toHaveProperty("value", "admin");
  answers["POST /api/manage/sign-in"] = { ...SIGNED_IN, csrf_token: "another" };
  answers["POST /api/manage/operators"] = { id: "9" };
  await user.type(cover.getByLabelText("Password"), "Secret12{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.documentElement.dataset["covered"]).toBeUndefined();
  expect(document.title).toBe("상담원 생성 · Beside");
  expect(screen.getByLabelText("상담원 이름")).toHaveProperty("value", "박상담");
  expect(screen.getByLabelText("ID")).toHaveProperty("value", "park");
  expect(screen.getByLabelText("Password")).toHaveProperty("value", "");
  expect(screen.getByText(/로그인이 끝나 처리되지 않았습니다/)).toBeTruthy();
  await user.type(screen.getByLabelText("Password"), "Secret34");
  await user.type(screen.getByLabelText("Password 확인"), "Secret34");
  await user.click(screen.getByRole("button", { name: "저장" }));
  await waitFor(() => expect(requests.filter(isCreate)).toHaveLength(2));
  expect(requests.filter(isCreate).at(-1)?.headers.get("X-Beside-CSRF")).toBe("another");
});

it("A-5: where somebody else signs in the page begins anew", async () => {
  const { answers, user, cover } = await typedWhenItEnded();
  const administrator = { ...SIGNED_IN.administrator, id: "2", login: "lee" };
  answers["POST /api/manage/sign-in"] = { ...SIGNED_IN, administrator };
  await user.clear(cover.getByLabelText("ID"));
  await user.type(cover.getByLabelText("ID"), "lee");
  await user.type(cover.getByLabelText("Password"), "Secret12{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByLabelText("상담원 이름")).toHaveProperty("value", "");
});

it("A-5: signed in again in another tab, the page is uncovered when it is looked at", async () => {
  const { answers } = await typedWhenItEnded();
  answers["GET /api/manage/me"] = NOBODY;
  window.dispatchEvent(new Event("focus"));
  await expect(
    waitFor(() => expect(screen.queryByRole("dialog")).toBeNull(), { timeout: 200 }),
  ).rejects.toThrow();
  answers["GET /api/manage/me"] = SIGNED_IN;
  window.dispatchEvent(new Event("focus"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByLabelText("상담원 이름")).toHaveProperty("value", "박상담");
});

it("A-5: after a sign-in in another tab what changes something is sent once more, with the new token", async () => {
  const stale = new Refusal(403, { code: "csrf-token", title: "", status: 403 });
  const answers: Record<string, unknown> = {
    "GET /api/manage/me": SIGNED_IN,
    "GET /api/manage/support-types": { support_types: [] },
    "POST /api/manage/support-types": stale,
  };
  const requests = open("/manage/acme/support-types", answers);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "새 상담유형 생성" }));
  answers["GET /api/manage/me"] = { ...SIGNED_IN, csrf_token: "renewed" };
  await user.type(screen.getByLabelText("상담유형 이름"), "설치{Enter}");
  await waitFor(() => expect(requests.filter(({ method }) => method === "POST")).toHaveLength(2));
  const sent = requests.filter(({ method }) => method === "POST");
  expect(sent.map(({ headers }) => headers.get("X-Beside-CSRF"))).toEqual(["token", "renewed"]);
});

it("A-5: the token of another account that signed in in another tab is not taken, however late it comes", async () => {
  const answers: Record<string, unknown> = {
    "GET /api/site": SITE,
    "GET /api/manage/me": SIGNED_IN,
    "GET /api/manage/support-types": { support_types: [] },
    "POST /api/manage/support-types": new Refusal(403, { code: "csrf-token", title: "", status: 403 }),
  };
  const requests = open("/manage/acme/support-types", answers);
  await screen.findByRole("button", { name: "새 상담유형 생성" });
  const administrator = { ...SIGNED_IN.administrator, id: "2", login: "lee" };
  let tell = (_: unknown) => {};
  answers["GET /api/manage/me"] = new Promise((resolve) => {
    tell = resolve;
  });
  const create = () => answer(api.POST("/api/manage/support-types", { body: { name: "설치" } }));
  const early = create();
  const asked = () => requests.filter(({ url }) => url.endsWith("/me"));
  await waitFor(() => expect(asked()).toHaveLength(2));
  answers["GET /api/manage/support-types"] = NOBODY;
  await expect(answer(api.GET("/api/manage/support-types", {}))).rejects.toThrow("not-signed-in");
  expect(await screen.findByRole("dialog", { name: "다시 로그인" })).toBeTruthy();
  tell({ ...SIGNED_IN, administrator, csrf_token: "lee's" });
  await expect(early).rejects.toThrow("csrf-token");
  expect(getCsrfToken()).toBeNull();
  expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

it("A-5: a covered page asks the server for nothing but the sign-in", async () => {
  const { answers, requests, user, cover } = await typedWhenItEnded();
  const before = requests.length;
  await expect(answer(api.GET("/api/manage/departments", {}))).rejects.toMatchObject({
    code: "not-signed-in",
  });
  expect(requests).toHaveLength(before);
  answers["POST /api/manage/sign-in"] = { ...SIGNED_IN, csrf_token: "another" };
  await user.type(cover.getByLabelText("Password"), "Secret12{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const asked = () => requests.slice(before).map(({ url }) => new URL(url).pathname);
  await waitFor(() => expect(asked()).toContain("/api/manage/departments"));
});

it("A-3: a lock-out counts the time left down, and lets try again at its end", async () => {
  const requests = open(
    "/manage/acme",
    {
      "GET /api/site": SITE,
      "GET /api/manage/me": NOBODY,
      "POST /api/manage/sign-in": new Refusal(429, { code: "sign-in-locked", title: "", retry_after_s: 30 }),
    },
    "en",
  );
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "admin");
  await user.type(screen.getByLabelText("Password"), "wrong");
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  await user.keyboard("{Enter}");
  const alert = await screen.findByRole("alert");
  const button = screen.getByRole("button", { name: "Sign in" });
  expect(alert.textContent).toContain("Try again in 30 s.");
  expect(button).toHaveProperty("disabled", true);
  act(() => vi.advanceTimersByTime(10_000));
  expect(alert.textContent).toContain("Try again in 20 s.");
  act(() => vi.advanceTimersByTime(19_000));
  expect(alert.textContent).toContain("Try again in 1 s.");
  expect(button).toHaveProperty("disabled", true);
  act(() => vi.advanceTimersByTime(1_000));
  expect(button).toHaveProperty("disabled", false);
  expect(screen.queryByText(/Try again in/), "there is nothing to wait for").toBeNull();
  vi.useRealTimers();
  await user.type(screen.getByLabelText("Password"), "again{Enter}");
  await waitFor(() => expect(requests.filter(({ method }) => method === "POST")).toHaveLength(2));
});

it("A-6: the second step is asked for after the password, and the code goes with it", async () => {
  const answers: Record<string, unknown> = {
    "GET /api/site": SITE,
    "GET /api/manage/me": NOBODY,
    "POST /api/manage/sign-in": new Refusal(401, { code: "second-step-needed", title: "" }),
  };
  const requests = open("/manage/acme", answers);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "admin");
  await user.type(screen.getByLabelText("Password"), "Secret12{Enter}");
  const code = await screen.findByLabelText("인증 코드");
  expect(screen.queryByLabelText("Password")).toBeNull();
  answers["POST /api/manage/sign-in"] = new Refusal(401, { code: "second-step-wrong", title: "" });
  await user.type(code, "111111{Enter}");
  expect(await screen.findByText(/코드가 맞지 않거나/)).toBeTruthy();
  answers["POST /api/manage/sign-in"] = SIGNED_IN;
  await user.type(screen.getByLabelText("인증 코드"), "222 222{Enter}");
  expect(await screen.findByRole("heading", { name: "시작 화면" })).toBeTruthy();
  const sent = await Promise.all(
    requests.filter(({ method }) => method === "POST").map((each) => each.json()),
  );
  expect(sent.map(({ password, code }) => [password, code])).toEqual([
    ["Secret12", null],
    ["Secret12", "111111"],
    ["Secret12", "222 222"],
  ]);
});

it("A-1: a wrong password names no company that is not asked for", async () => {
  open("/manage/acme", {
    "GET /api/site": SITE,
    "GET /api/manage/me": NOBODY,
    "POST /api/manage/sign-in": new Refusal(401, { code: "sign-in-failed", title: "" }),
  });
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "admin");
  await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("ID 또는 Password가 맞지 않습니다.");
});

it("A-1: with several companies on the server the sign-in asks for one", async () => {
  open("/manage", {
    "GET /api/site": { ...SITE, company_needed: true, company: null },
    "GET /api/manage/me": NOBODY,
  });
  expect(await screen.findByLabelText("회사")).toBeTruthy();
});

it("A-2: the language switches every text and is remembered", async () => {
  open("/manage/acme", { "GET /api/site": SITE, "GET /api/manage/me": NOBODY });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "English" }));
  expect(screen.getByRole("heading", { name: "Administrator sign-in" })).toBeTruthy();
  expect(document.documentElement.lang).toBe("en");
  expect(document.cookie).toContain("beside_language=en");
});

it("an address of another company is not shown under this one's sign-in", async () => {
  open("/manage/other/departments", { "GET /api/manage/me": SIGNED_IN });
  expect(await screen.findByRole("heading", { name: "다른 회사로 로그인되어 있습니다" })).toBeTruthy();
  expect(screen.queryByText("부서관리")).toBeNull();
});

function isCreate({ method, url }: Request): boolean {
  return method === "POST" && url.endsWith("/operators");
}
