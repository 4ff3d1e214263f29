import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

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

it("A-1: who was signed in reads that this is over", async () => {
  const answers: Record<string, unknown> = {
    "GET /api/site": SITE,
    "GET /api/manage/me": SIGNED_IN,
    "GET /api/manage/support-types": { support_types: [] },
  };
  open("/manage/acme/support-types", answers);
  const user = userEvent.setup();
  answers["POST /api/manage/support-types"] = NOBODY;
  await user.click(await screen.findByRole("button", { name: "새 상담유형 생성" }));
  await user.type(screen.getByLabelText("상담유형 이름"), "설치{Enter}");
  expect(await screen.findByText(/로그인이 끝났습니다/)).toBeTruthy();
});

it("A-3: a lock-out shows the time left", async () => {
  open(
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
  await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("Try again in 30 s.");
  expect(screen.getByRole("button", { name: "Sign in" })).toHaveProperty("disabled", true);
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
