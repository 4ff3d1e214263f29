import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { EndReason } from "../generated/proto/beside/v1/common_pb";
import {
  ServerToConsoleSchema,
  type SessionStateSchema,
  SessionState_Stage as Stage,
} from "../generated/proto/beside/v1/signalling_pb";
import { I18nProvider } from "../shared/i18n/i18n";
import type { SocketListener } from "../shared/session/reconnecting-socket";
import { uuidBytes } from "../shared/session/uuid";
import { NotifyProvider } from "../shared/ui/notify";
import { signedIn } from "./account/me";
import { ConsolePage } from "./console-page";
import { Opening } from "./opening/opening";
import { loadConsoleTexts } from "./texts";
import { texts } from "./texts-ko";
import { createWorkspace } from "./workspace/create-workspace";

// The test's browser has neither WebRTC nor a server to keep a socket to: the test speaks for that.
const server = vi.hoisted(() => ({ console: null as SocketListener | null }));
vi.mock("./browser-support", async (original) => ({
  ...(await original<typeof import("./browser-support")>()),
  missingFeatures: () => [],
  motionCodecs: () => [],
}));
vi.mock("../shared/session/browser-socket", () => ({
  after: () => () => {},
  browserSocketPort: () => ({
    connect: (listener: SocketListener) => {
      server.console = listener;
      return { send: () => {}, close: () => {} };
    },
    after: () => () => {},
    random: () => 0,
  }),
}));

afterEach(() => vi.unstubAllGlobals());

const NOBODY = () => Response.json({ code: "not-signed-in", title: "" }, { status: 401 });
const operator = (id: string, name: string) => ({
  csrf_token: `token of ${id}`,
  operator: { id, login: name, name, department: { id: "2", name: "Help" } },
  company: { short_name: "acme", name: "ACME", service_name: "" },
  idle: { after_s: 1800, left_s: 1800 },
});
const ended = (id: string, customer_name: string, is_written: boolean) => ({
  id,
  agreed: true,
  customer_name,
  customer_host_name: "",
  customer_os: "Windows",
  end_reason: "operator-ended",
  ended_at_ms: 1_796_000_000_000,
  is_written,
});
const FORM = { customer_name: "", memo: "", resolution: "unchecked", support_type_id: null };
const ENDED = "GET /api/console/sessions/ended";

/** The console before a server that answers as the test says. */
function open(answers: Record<string, unknown>): QueryClient {
  vi.stubGlobal("fetch", async ({ method, url }: Request) => {
    const answer = await answers[`${method} ${new URL(url).pathname}`];
    if (answer === undefined) return Response.json({ code: "not-found", title: "" }, { status: 404 });
    return typeof answer === "function" ? answer() : Response.json(answer);
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <I18nProvider first={{ language: "ko", texts }} load={loadConsoleTexts}>
        <NotifyProvider>
          <ConsolePage opening={new Opening({ findMe: signedIn, comesBack: false, createWorkspace })} />
        </NotifyProvider>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return queries;
}

const answersFor = (first: unknown): Record<string, unknown> => ({
  "GET /api/console/me": first,
  "GET /api/site": { company_needed: false, company: "acme", service_name: "ACME", version: "0" },
  "GET /api/console/support-types": { support_types: [] },
  "POST /api/console/sign-out": {},
  [ENDED]: { sessions: [ended("s1", "홍길동", false)] },
  "GET /api/console/sessions/s1/record": FORM,
});

it("R-5: the next operator at a browser sees nothing of the sessions of the last one", async () => {
  const answers = answersFor(operator("1", "김상담"));
  const queries = open(answers);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "지원기록 작성: 홍길동" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await dialog.findByLabelText("메모");
  await user.click(dialog.getByRole("button", { name: "닫기" }));

  await user.click(screen.getByRole("button", { name: "로그아웃" }));
  await user.type(await screen.findByLabelText("ID"), "park");
  const kept = queries.getQueryCache().getAll();
  expect(kept.map(({ queryKey }) => queryKey[0]).sort()).toEqual(["me", "site"]);

  let tell = (_: unknown) => {};
  answers[ENDED] = new Promise((resolve) => {
    tell = resolve;
  });
  answers["POST /api/console/sign-in"] = operator("2", "박상담");
  await user.type(screen.getByLabelText("Password"), "Secret12{Enter}");
  expect(await screen.findByRole("button", { name: "박상담" })).toBeTruthy();
  expect(screen.queryByText("홍길동")).toBeNull();
  tell({ sessions: [ended("s2", "이몽룡", false)] });
  expect(await screen.findByText("이몽룡")).toBeTruthy();
  expect(screen.queryByText("홍길동")).toBeNull();
});

it("R-5: a record that is saved when its dialog goes is listed as written", async () => {
  const answers = answersFor(operator("1", "김상담"));
  open(answers);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "지원기록 작성: 홍길동" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.type(await dialog.findByLabelText("메모"), "프린터");
  let keep = (_: unknown) => {};
  answers["PUT /api/console/sessions/s1/record"] = new Promise((resolve) => {
    keep = resolve;
  });
  await user.click(dialog.getByRole("button", { name: "닫기" }));
  expect(await screen.findByText("지원기록 미작성")).toBeTruthy();
  answers[ENDED] = { sessions: [ended("s1", "홍길동", true)] };
  keep({ ...FORM, memo: "프린터" });
  expect(await screen.findByText("지원기록 작성됨")).toBeTruthy();
});

it("A-5: what the server ends stands above the sign-in, and nothing of its sessions does", async () => {
  const answers = answersFor(operator("1", "김상담"));
  const queries = open(answers);
  await screen.findByText("홍길동");
  answers[ENDED] = NOBODY;
  await queries.refetchQueries({ queryKey: ["ended-sessions"] });
  expect(await screen.findByText(/로그인이 끝났습니다/)).toBeTruthy();
  expect(screen.queryByText("홍길동")).toBeNull();
  expect(queries.getQueryData(["ended-sessions"])).toBeUndefined();
});

const ID = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
const SESSION = `/api/console/sessions/${ID}`;

/** The server tells of the one session. */
function tell(state: MessageInitShape<typeof SessionStateSchema>): void {
  const body = { case: "state" as const, value: { sessionId: uuidBytes(ID), ...state } };
  const bytes = toBinary(ServerToConsoleSchema, create(ServerToConsoleSchema, { body }));
  act(() => server.console?.message(bytes));
}

/** An operator without any session. */
async function idle(): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {
    ...answersFor(operator("1", "김상담")),
    [ENDED]: { sessions: [] },
    "POST /api/console/sessions": {
      id: ID,
      code: "123456",
      link: "https://localhost/#123456",
      code_expires_at_ms: Date.now() + 600_000,
    },
    [`GET ${SESSION}/record`]: () =>
      Response.json({ code: "record-not-started", title: "" }, { status: 409 }),
  };
  server.console = null;
  open(answers);
  await screen.findByRole("button", { name: "새 세션" });
  await waitFor(() => expect(server.console).not.toBeNull());
  return answers;
}

const focused = () => document.activeElement?.textContent;

it("A-2: the focus goes to what has appeared", async () => {
  const answers = answersFor(NOBODY);
  answers["POST /api/console/sign-in"] = operator("1", "김상담");
  open(answers);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "kim");
  await user.type(screen.getByLabelText("Password"), "Secret12{Enter}");
  await screen.findByRole("heading", { name: "세션" });
  await waitFor(() => expect(focused()).toBe("세션"));
});

it("X-1: a code that is taken back leaves a session with its name, and without a record", async () => {
  const answers = await idle();
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "새 세션" }));
  await screen.findByRole("heading", { name: "123 456" });
  await waitFor(() => expect(focused()).toBe("123 456"));
  answers[`DELETE ${SESSION}`] = () => new Response(null, { status: 204 });
  await user.click(screen.getByRole("button", { name: "취소" }));
  tell({ stage: Stage.ENDED, endReason: EndReason.OPERATOR_ENDED });
  await waitFor(() => expect(focused()).toBe("세션"));
  expect(screen.getAllByText("123 456"), "once in its row").toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "123 456 열기" }));
  expect(screen.getByRole("button", { name: "123 456 탭 닫기" })).toBeTruthy();
  expect(await screen.findByText("지원기록이 없습니다")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "다시 시도" })).toBeNull();
});

it("X-6: a session is called by its system and code, and by its customer once the record has the name", async () => {
  const answers = await idle();
  const user = userEvent.setup();
  tell({ stage: Stage.WAITING, code: "123456", codeExpiresAtMs: BigInt(Date.now() + 600_000) });
  const seen: (string | null)[] = [];
  const scrolls = vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) {
    seen.push(this.textContent);
  });
  await user.click(screen.getByRole("button", { name: "123 456 열기" }));
  // Its tab is in sight, of however many.
  expect(seen).toEqual(["고객 대기 중123 456"]);
  scrolls.mockRestore();
  answers[`GET ${SESSION}/record`] = FORM;
  tell({ stage: Stage.JOINED, machine: { os: "Linux", osVersion: "Chrome" } });
  expect(await screen.findByRole("heading", { name: "Linux · 123 456" })).toBeTruthy();
  tell({ stage: Stage.ENDED, machine: { os: "Linux", osVersion: "Chrome" } });
  await user.type(await screen.findByLabelText("고객 이름"), "홍길동");
  expect(screen.getByRole("heading", { name: "Linux · 123 456" })).toBeTruthy();
  answers[`PUT ${SESSION}/record`] = { ...FORM, customer_name: "홍길동" };
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(await screen.findByRole("heading", { name: "홍길동" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "홍길동 탭 닫기" })).toBeTruthy();
});

it("R-5: a text that is too long stays, says so at its field, and is not sent", async () => {
  const answers = answersFor(operator("1", "김상담"));
  open(answers);
  const sent = vi.fn(() => Response.json(FORM));
  answers["PUT /api/console/sessions/s1/record"] = sent;
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "지원기록 작성: 홍길동" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  const name = await dialog.findByLabelText("고객 이름");
  await user.click(name);
  await user.paste("가".repeat(61));
  expect(dialog.getByText("61자입니다. 60자까지 저장할 수 있습니다.")).toBeTruthy();
  expect(name).toHaveProperty("value", "가".repeat(61));
  await user.click(dialog.getByRole("button", { name: "저장" }));
  expect(document.activeElement).toBe(name);
  expect(sent).not.toHaveBeenCalled();
  await user.keyboard("{End}{Backspace}");
  expect(dialog.queryByText(/60자까지/)).toBeNull();
  await user.click(dialog.getByRole("button", { name: "저장" }));
  expect(await dialog.findByText("저장했습니다")).toBeTruthy();
});

it("R-5: what the server refuses of a record stands at its field", async () => {
  const answers = answersFor(operator("1", "김상담"));
  open(answers);
  const errors = [{ field: "memo", code: "characters-not-allowed", params: {} }];
  answers["PUT /api/console/sessions/s1/record"] = () =>
    Response.json({ code: "invalid-fields", title: "", errors }, { status: 422 });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "지원기록 작성: 홍길동" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  const memo = await dialog.findByLabelText("메모");
  await user.type(memo, "프린터");
  await user.click(dialog.getByRole("button", { name: "저장" }));
  expect(await dialog.findByText("사용할 수 없는 문자가 있습니다.")).toBeTruthy();
  expect(memo.getAttribute("aria-invalid")).toBe("true");
  // Else it would be sent once more when the test is over.
  await user.click(dialog.getByRole("button", { name: "닫기" }));
});
