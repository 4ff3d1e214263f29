import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { I18nProvider } from "../../shared/i18n/i18n";
import { loadConsoleTexts } from "../texts";
import { texts } from "../texts-ko";
import { type SignedOut, SignIn } from "./sign-in";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Reply = { status: number; body: object };
const refused = (status: number, code: string, more: object = {}): Reply => ({
  status,
  body: { code, title: "", ...more },
});
const entered: Reply = { status: 200, body: { csrf_token: "t" } };

/** The sign-in before a server that gives these answers one after the other. Gives what was sent, and who got in. */
function open(replies: Reply[], why: SignedOut = null) {
  const sent: Record<string, unknown>[] = [];
  const onSignedIn = vi.fn();
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") {
      return Response.json({ company_needed: false, company: "acme", service_name: "ACME", version: "0" });
    }
    sent.push(await request.json());
    const { status, body } = replies.shift() ?? refused(500, "internal");
    return Response.json(body, { status });
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <I18nProvider first={{ language: "ko", texts }} load={loadConsoleTexts}>
        <SignIn why={why} onSignedIn={onSignedIn} />
      </I18nProvider>
    </QueryClientProvider>,
  );
  return { sent, onSignedIn };
}

async function type(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText("ID"), "kim_01");
  await user.type(screen.getByLabelText("Password"), "Secret12{Enter}");
}

it("S-01: who is signed in elsewhere is asked, and ends it", async () => {
  const elsewhere = refused(409, "signed-in-elsewhere", { address: "192.0.2.7" });
  const { sent, onSignedIn } = open([elsewhere, entered]);
  const user = userEvent.setup();
  await type(user);
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/192\.0\.2\.7에서 이미 로그인되어/)).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "끝내고 로그인" }));
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(sent.map(({ password, end_other }) => [password, end_other])).toEqual([
    ["Secret12", false],
    ["Secret12", true],
  ]);
});

it("S-01: without the option the second sign-in is refused in words", async () => {
  open([refused(409, "second-sign-in-refused", { address: "192.0.2.7" })]);
  await type(userEvent.setup());
  expect((await screen.findByRole("alert")).textContent).toContain("이미 192.0.2.7에서 로그인되어 있어");
});

it("A-6: a code is asked for after the password, and sent with it", async () => {
  const { sent, onSignedIn } = open([refused(401, "second-step-needed"), entered]);
  const user = userEvent.setup();
  await type(user);
  await user.type(await screen.findByLabelText("인증 코드"), "123456{Enter}");
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(sent.map(({ code }) => code)).toEqual([null, "123456"]);
});

it("A-3: a lock-out counts the time left down, and lets try again at its end", async () => {
  const title = "로그인에 여러 번 실패했습니다. 30초 후에 다시 시도해 주세요.";
  const { sent } = open([refused(429, "sign-in-locked", { title, retry_after_s: 30 }), entered]);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "kim_01");
  await user.type(screen.getByLabelText("Password"), "wrong");
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  await user.keyboard("{Enter}");
  expect(await screen.findByText(/30초 뒤에/)).toBeTruthy();
  const button = screen.getByRole("button", { name: "로그인" });
  expect(button).toHaveProperty("disabled", true);
  act(() => vi.advanceTimersByTime(29_000));
  expect(screen.getByText(/ 1초 뒤에/)).toBeTruthy();
  expect(button).toHaveProperty("disabled", true);
  act(() => vi.advanceTimersByTime(1_000));
  expect(screen.queryByText(/초 (뒤|후)에/), "there is nothing to wait for").toBeNull();
  expect(button).toHaveProperty("disabled", false);
  vi.useRealTimers();
  await user.click(button);
  expect(sent).toHaveLength(2);
});

it("A-5: who was signed out by idleness reads so", () => {
  open([], { idle_s: 1800 });
  expect(screen.getByText(/30분 동안 사용하지 않아/)).toBeTruthy();
});
