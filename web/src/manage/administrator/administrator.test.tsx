import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const PATH = "/manage/acme/administrator";
const ACCOUNT = {
  company_name: "에이씨엠이",
  service_name: "ACME 원격지원",
  name: "김관리",
  phone: "02-123-4567",
  email: "kim@example.kr",
  login: "admin",
  operators_left: 12,
  operators_total: 20,
};
const place = (is_this: boolean, address: string) => ({
  address,
  browser: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/140 Safari/537",
  created_at_ms: is_this ? 1 : 2,
  last_seen_ms: 3,
  is_this,
});
const OWN = {
  sign_ins: [place(true, "192.0.2.1"), place(false, "198.51.100.7")],
  second_step: false,
  recovery_codes_left: 0,
};
const person = (id: string, login: string, is_self: boolean) => ({
  id,
  login,
  name: `이름 ${login}`,
  email: "a@b.kr",
  last_sign_in_ms: null,
  is_self,
});
const PEOPLE = {
  administrators: [person("1", "admin", true), person("2", "lee_01", false)],
  invitations: [],
};
const answers = (): Record<string, unknown> => ({
  "GET /api/manage/me": SIGNED_IN,
  "GET /api/manage/administrator": ACCOUNT,
  "GET /api/manage/own/sign-ins": OWN,
  "GET /api/manage/administrators": PEOPLE,
});
const bodies = (requests: Request[], method: string) =>
  Promise.all(requests.filter((each) => each.method === method).map((each) => each.json()));

it("G-1: data are saved with the present password, and an empty new one is not sent", async () => {
  const requests = open(PATH, { ...answers(), "PUT /api/manage/administrator": ACCOUNT });
  const user = userEvent.setup();
  const service = await screen.findByLabelText("서비스이름");
  expect(screen.getByText("12 (전체 20)")).toBeTruthy();
  expect(screen.queryByLabelText("ID")).toBeNull();
  await user.clear(service);
  await user.type(service, "새 지원");
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(await bodies(requests, "PUT")).toEqual([]);
  await user.type(screen.getByLabelText("현재 Password"), "Secret12{Enter}");
  await waitFor(() => expect(screen.getByLabelText("현재 Password")).toHaveProperty("value", ""));
  const [body] = await bodies(requests, "PUT");
  expect([body.service_name, body.password, body.administrator_password]).toEqual([
    "새 지원",
    null,
    "Secret12",
  ]);
});

it("G-1: what was typed is asked after before the page is left, by a link and by signing out", async () => {
  const requests = open(PATH, { ...answers(), "POST /api/manage/sign-out": {} });
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("현재 Password"), "Secret12");
  await user.type(screen.getByLabelText("서비스이름"), " 새");
  await user.click(screen.getByRole("link", { name: "설정" }));
  const left = await screen.findByRole("alertdialog", { name: "저장하지 않고 나갈까요?" });
  await user.click(within(left).getByRole("button", { name: "취소" }));
  await user.click(screen.getByRole("button", { name: "로그아웃" }));
  const out = await screen.findByRole("alertdialog", { name: "저장하지 않고 나갈까요?" });
  expect(requests.some(({ url }) => url.endsWith("/sign-out"))).toBe(false);
  await user.click(within(out).getByRole("button", { name: "나가기" }));
  await waitFor(() => expect(requests.some(({ url }) => url.endsWith("/sign-out"))).toBe(true));
});

it("G-1: who edits at the same time as another is told, and both changes are saved", async () => {
  const given = answers();
  const requests = open(PATH, given);
  const user = userEvent.setup();
  const service = await screen.findByLabelText("서비스이름");
  await user.clear(service);
  await user.type(service, "새 지원");
  given["PUT /api/manage/administrator"] = new Refusal(409, { code: "changed-meanwhile", title: "" });
  given["GET /api/manage/administrator"] = { ...ACCOUNT, company_name: "다른 이름" };
  await user.type(screen.getByLabelText("현재 Password"), "Secret12{Enter}");
  expect(await screen.findByText(/다른 관리자가/)).toBeTruthy();
  expect(screen.getByLabelText("회사이름")).toHaveProperty("value", "다른 이름");
  expect(service).toHaveProperty("value", "새 지원");
  await user.type(screen.getByLabelText("현재 Password"), "{Enter}");
  await waitFor(() => expect(requests.filter((each) => each.method === "PUT")).toHaveLength(2));
  const body = (await bodies(requests, "PUT")).at(-1);
  expect([body.read.company_name, body.company_name, body.service_name]).toEqual([
    "다른 이름",
    "다른 이름",
    "새 지원",
  ]);
});

it("G-1: a wrong present password and a weak new one stand at their fields", async () => {
  open(PATH, {
    ...answers(),
    "PUT /api/manage/administrator": new Refusal(422, {
      code: "invalid-fields",
      errors: [{ field: "administrator_password", code: "password-wrong" }],
    }),
  });
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("새 Password"), "short");
  await user.type(screen.getByLabelText("현재 Password"), "wrong{Enter}");
  expect(await screen.findByText("8~128자로 입력하세요.")).toBeTruthy();
  await user.clear(screen.getByLabelText("새 Password"));
  await user.type(screen.getByLabelText("현재 Password"), "{Enter}");
  expect(await screen.findByText("Password가 맞지 않습니다.")).toBeTruthy();
});

it("A-6: the second step goes from the password over the app's code to recovery codes", async () => {
  const given = answers();
  given["POST /api/manage/own/second-step"] = { secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/x" };
  given["PUT /api/manage/own/second-step"] = { codes: ["abcde-fghjk", "mnpqr-stuvw"] };
  const requests = open(PATH, given);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "2단계 인증 사용" }));
  await user.type(within(screen.getByRole("dialog")).getByLabelText("Password"), "Secret12{Enter}");
  expect(await screen.findByRole("img", { name: "인증 앱에 등록할 QR 코드" })).toBeTruthy();
  expect(screen.getByText("JBSWY3DPEHPK3PXP")).toBeTruthy();
  await user.type(screen.getByLabelText("인증 코드"), "123456{Enter}");
  expect(await screen.findByText("mnpqr-stuvw")).toBeTruthy();
  given["GET /api/manage/own/sign-ins"] = { ...OWN, second_step: true, recovery_codes_left: 2 };
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "보관했습니다" }));
  expect(await screen.findByText("남은 복구 코드 2개")).toBeTruthy();
  expect(await bodies(requests, "PUT")).toEqual([{ code: "123456" }]);
});

it("G-4: an invitation's link is shown once, to be copied", async () => {
  const requests = open(PATH, {
    ...answers(),
    "POST /api/manage/administrators/invitations": { url: "https://x.kr/activate#token", expires_at_ms: 1 },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "관리자 초대" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.type(dialog.getByLabelText("이름"), "이새로");
  await user.type(dialog.getByLabelText("관리자 Password"), "Secret12{Enter}");
  expect(await screen.findByText("https://x.kr/activate#token")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "복사" }));
  expect(await navigator.clipboard.readText()).toBe("https://x.kr/activate#token");
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "닫기" }));
  expect(screen.queryByText("https://x.kr/activate#token")).toBeNull();
  expect(await bodies(requests, "POST")).toEqual([{ name: "이새로", administrator_password: "Secret12" }]);
});

it("G-4: another administrator is removed by password, oneself is not offered", async () => {
  const requests = open(PATH, answers());
  const user = userEvent.setup();
  const people = within(await screen.findByRole("list", { name: "관리자" }));
  const buttons = people.getAllByRole("button", { name: "삭제" });
  expect(buttons).toHaveLength(1);
  const [remove] = buttons;
  if (remove !== undefined) await user.click(remove);
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await waitFor(() => expect(requests.some(({ method }) => method === "POST")).toBe(true));
  const sent = requests.find(({ method }) => method === "POST");
  expect(new URL(sent?.url ?? "").pathname).toBe("/api/manage/administrators/2/remove");
});

it("G-4: of many administrators fifty are listed, and the keyboard goes on with the first of the next", async () => {
  const many = Array.from({ length: 60 }, (_, at) => person(`${at}`, `admin${at}`, at === 0));
  open(PATH, { ...answers(), "GET /api/manage/administrators": { administrators: many, invitations: [] } });
  const user = userEvent.setup();
  const people = within(await screen.findByRole("list", { name: "관리자" }));
  expect(people.getAllByRole("listitem")).toHaveLength(50);
  await user.click(screen.getByRole("button", { name: "더 보기 (남은 관리자 10명)" }));
  expect(people.getAllByRole("listitem")).toHaveLength(60);
  expect(document.activeElement?.textContent).toContain("admin50");
  expect(screen.queryByRole("button", { name: /더 보기/ })).toBeNull();
});

it("signing out everywhere leads to the sign-in, without a reproach", async () => {
  open(PATH, {
    ...answers(),
    "POST /api/manage/own/sign-out-everywhere": {},
    "GET /api/site": { company_needed: false, company: "acme", service_name: "ACME", version: "0" },
  });
  const user = userEvent.setup();
  expect(await screen.findByText(/198\.51\.100\.7/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "모든 곳에서 로그아웃" }));
  const dialog = within(screen.getByRole("alertdialog"));
  await user.click(dialog.getByRole("button", { name: "모든 곳에서 로그아웃" }));
  expect(await screen.findByRole("heading", { name: "관리자 로그인" })).toBeTruthy();
  expect(screen.queryByText(/로그인이 끝났습니다/)).toBeNull();
});
