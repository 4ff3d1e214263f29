import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const SETTINGS = {
  administrator_addresses: [],
  operator_addresses: ["192.168.1.*"],
  sign_in_failures: 5,
  sign_in_lock_s: 30,
  idle_s: 1800,
  time_zone: "Asia/Seoul",
  code_valid_min: 10,
  record_retention_days: null,
  recording_retention_days: null,
  recording_limit_gb: null,
  continue_without_recording: true,
  recording_copies: true,
  favourites: [],
};
const found = (change: object = {}, changed_at_ms = 1) => ({
  settings: { ...SETTINGS, ...change },
  changed_at_ms,
  own_address: "192.0.2.1",
});
const PATH = "/manage/acme/settings";
const GET = "GET /api/manage/settings";
const PUT = "PUT /api/manage/settings";
const answers = (): Record<string, unknown> => ({
  "GET /api/manage/me": SIGNED_IN,
  [GET]: found(),
  [PUT]: found({}, 2),
});
const sent = async (requests: Request[]) => {
  const all = requests.filter(({ method }) => method === "PUT");
  return Promise.all(all.map((request) => request.json()));
};

it("G-2: an empty list says that every address is allowed, and × removes one", async () => {
  const requests = open(PATH, answers());
  const user = userEvent.setup();
  const administrators = within(await screen.findByRole("group", { name: "관리자 허용 IP" }));
  expect(administrators.getByText("모든 IP 허용")).toBeTruthy();
  const operators = within(screen.getByRole("group", { name: "상담원 허용 IP" }));
  await user.click(operators.getByRole("button", { name: "192.168.1.* 삭제" }));
  expect(operators.getByText("모든 IP 허용")).toBeTruthy();
  await user.type(administrators.getByRole("textbox"), "192.0.2.1{Enter}");
  expect(administrators.getByText("192.0.2.1")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "저장" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [body] = await sent(requests);
  expect(body.administrator_password).toBe("Secret12");
  expect(body.changed_at_ms).toBe(1);
  expect([body.settings.administrator_addresses, body.settings.operator_addresses]).toEqual([
    ["192.0.2.1"],
    [],
  ]);
});

it("G-2: an address that is typed and not added is saved with the rest", async () => {
  const requests = open(PATH, answers());
  const user = userEvent.setup();
  const operators = within(await screen.findByRole("group", { name: "상담원 허용 IP" }));
  await user.type(operators.getByRole("textbox"), "192.0.2.1");
  await user.click(screen.getByLabelText("자동 로그아웃 시간(초)"));
  expect(operators.getByText("192.0.2.1")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "저장" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [body] = await sent(requests);
  expect(body.settings.operator_addresses).toEqual(["192.168.1.*", "192.0.2.1"]);
});

it("G-2: a list that would lock out who saves it is refused at its field, and stays typed", async () => {
  open(PATH, {
    ...answers(),
    [PUT]: new Refusal(422, {
      code: "invalid-fields",
      errors: [{ field: "administrator_addresses", code: "locks-out", params: { address: "192.0.2.1" } }],
    }),
  });
  const user = userEvent.setup();
  const administrators = within(await screen.findByRole("group", { name: "관리자 허용 IP" }));
  await user.type(administrators.getByRole("textbox"), "10.0.0.1{Enter}");
  await user.click(screen.getByRole("button", { name: "저장" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  expect(await administrators.findByText(/192\.0\.2\.1\)에서 더 이상 로그인할 수 없습니다/)).toBeTruthy();
  expect(administrators.getByText("10.0.0.1")).toBeTruthy();
});

it("G-2: who edits at the same time as another is told, and both changes are saved", async () => {
  const given = answers();
  const requests = open(PATH, given);
  const user = userEvent.setup();
  const idle = await screen.findByLabelText("자동 로그아웃 시간(초)");
  await user.clear(idle);
  await user.type(idle, "600");
  given[PUT] = new Refusal(409, { code: "changed-meanwhile", title: "" });
  given[GET] = found({ code_valid_min: 5 }, 7);
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(await screen.findByText(/다른 관리자가/)).toBeTruthy();
  expect(screen.getByLabelText("접속번호 유효 시간(분)")).toHaveProperty("value", "5");
  expect(idle).toHaveProperty("value", "600");
  given[PUT] = found({ code_valid_min: 5, idle_s: 600 }, 8);
  await user.click(screen.getByRole("button", { name: "저장" }));
  await waitFor(() => expect(screen.queryByText(/다른 관리자가/)).toBeNull());
  const body = (await sent(requests)).at(-1);
  expect([body.changed_at_ms, body.settings.idle_s, body.settings.code_valid_min]).toEqual([7, 600, 5]);
});

it("G-2: what is typed while a save is on its way stays typed, and unsaved", async () => {
  const given = answers();
  let saved = (_: unknown) => {};
  given[PUT] = new Promise((resolve) => {
    saved = resolve;
  });
  open(PATH, given);
  const user = userEvent.setup();
  const idle = await screen.findByLabelText("자동 로그아웃 시간(초)");
  await user.clear(idle);
  await user.type(idle, "600{Enter}");
  const code = screen.getByLabelText("접속번호 유효 시간(분)");
  await user.clear(code);
  await user.type(code, "5");
  saved(found({ idle_s: 600 }, 2));
  expect(await screen.findByText("저장했습니다.")).toBeTruthy();
  expect([idle, code]).toMatchObject([{ value: "600" }, { value: "5" }]);
  expect(screen.getByText(/^저장하지 않음: [^,]+$/)).toBeTruthy();
});

it.each([
  ["로그인 차단 시간(초)", "x", "10~86,400 사이의 숫자를 입력해 주세요."],
  ["기록 보존 기간(일)", "-5", "1~36,500 사이의 숫자를 입력해 주세요."],
])("what can be a number is told without asking the server: %s, %s", async (label, typed, told) => {
  const requests = open(PATH, answers());
  const user = userEvent.setup();
  const field = await screen.findByLabelText(label);
  await user.clear(field);
  await user.type(field, typed);
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(await screen.findByText(told)).toBeTruthy();
  expect(await sent(requests)).toEqual([]);
});
