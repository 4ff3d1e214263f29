import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";
import { ROWS_AT_ONCE } from "./import-steps";

afterEach(() => vi.unstubAllGlobals());

const ROW = {
  line: 1,
  login: "lee-02",
  name: "이상담",
  password: "Secret12",
  company_name: "",
  department: "기술지원",
  phone: "",
  email: "",
  mobile: "",
};
const LEE = { ...ROW, action: "create", errors: [] };
const KIM = { ...ROW, line: 2, login: "kim01", name: "김새이름", password: "", action: "update", errors: [] };
const BAD = {
  ...ROW,
  line: 3,
  login: "a b",
  name: "<script>",
  action: "create",
  errors: [
    { field: "login", code: "login-characters" },
    { field: "department", code: "unknown-choice" },
  ],
};
const PREVIEW = "POST /api/manage/operators/import/preview";
const IMPORT = "POST /api/manage/operators/import";
const answers = (rows: unknown): Record<string, unknown> => ({
  "GET /api/manage/me": SIGNED_IN,
  [PREVIEW]: rows instanceof Refusal ? rows : { rows },
  [IMPORT]: { created: 1, updated: 1 },
});
const choose = async (user: ReturnType<typeof userEvent.setup>, text = "ID,…") => {
  await screen.findByRole("button", { name: "파일 선택" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("there is no place for a file");
  await user.upload(input, new File([text], "operators.csv", { type: "text/csv" }));
};
const imports = (requests: Request[]) => requests.filter(({ url }) => url.endsWith("/import"));

it("D-8: every row of the file is listed with what it would do, the bad ones first, and nothing is brought in", async () => {
  const requests = open("/manage/acme/operators/import", answers([LEE, KIM, BAD]));
  await choose(userEvent.setup(), "ID,상담원 이름");
  const table = within(await screen.findByRole("table", { name: "파일 내용" }));
  const [bad, lee, kim] = table.getAllByRole("row").slice(1);
  expect(bad?.textContent).toContain("ID: 영문자, 숫자, -, _ 만 사용할 수 있습니다.");
  expect(bad?.textContent).toContain("소속부서: 이 이름의 부서가 없습니다.");
  expect(bad?.textContent, "as it is typed").toContain("<script>");
  expect([lee?.textContent, kim?.textContent]).toEqual([
    expect.stringMatching(/lee-02.*생성$/),
    expect.stringMatching(/kim01.*수정$/),
  ]);
  expect(screen.getByText("생성 1명, 수정 1명, 변경 없음 0명, 가져올 수 없음 1명")).toBeTruthy();
  const file = requests.find(({ url }) => url.endsWith("/preview"));
  expect(await file?.text()).toBe("ID,상담원 이름");
  expect(imports(requests)).toEqual([]);
});

it("D-8: the good rows are brought in with 관리자 Password; a wrong one is told at its field, and all rows stay", async () => {
  const given = answers([LEE, KIM, BAD]);
  const errors = [{ field: "administrator_password", code: "password-wrong" }];
  given[IMPORT] = new Refusal(422, { code: "invalid-fields", title: "", errors });
  const requests = open("/manage/acme/operators/import", given);
  const user = userEvent.setup();
  await choose(user);
  await user.click(await screen.findByRole("button", { name: "2명 가져오기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Wrong123{Enter}");
  expect(await screen.findByText("Password가 맞지 않습니다.")).toBeTruthy();
  given[IMPORT] = { created: 1, updated: 1 };
  await user.clear(screen.getByLabelText("관리자 Password"));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  const text =
    "상담원 1명을 만들고 1명을 바꾸었습니다. 거절된 1줄은 건너뛰었습니다. 아래에서 이유를 확인하세요.";
  expect(await screen.findByText(text)).toBeTruthy();
  const [left, ...others] = within(screen.getByRole("table", { name: "파일 내용" }))
    .getAllByRole("row")
    .slice(1);
  expect([left?.textContent, others]).toEqual([expect.stringContaining("<script>"), []]);
  const body: unknown = await imports(requests)[1]?.json();
  const { action: _a, errors: _e, ...lee } = LEE;
  const { action: _b, errors: _f, ...kim } = KIM;
  expect(body).toEqual({ rows: [lee, kim], administrator_password: "Secret12" });
});

it("D-8: a file of bad rows alone offers nothing to bring in", async () => {
  open("/manage/acme/operators/import", answers([BAD]));
  await choose(userEvent.setup());
  expect(await screen.findByRole("button", { name: "0명 가져오기" })).toHaveProperty("disabled", true);
});

it("D-8: what is no file of operators is told, and another can be chosen", async () => {
  const given = answers(new Refusal(422, { code: "import-unreadable", title: "" }));
  open("/manage/acme/operators/import", given);
  const user = userEvent.setup();
  await choose(user, "\u0000\u0001");
  expect((await screen.findByRole("alert")).textContent).toContain("CSV 또는 XLSX 파일로 읽을 수 없습니다");
  given[PREVIEW] = { rows: [LEE] };
  await choose(user);
  expect(await screen.findByRole("button", { name: "1명 가져오기" })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

it("D-8: a long file goes in parts, and says how far it came where one of them is refused", async () => {
  const rows = Array.from({ length: ROWS_AT_ONCE + 1 }, (_, at) => ({
    ...LEE,
    line: at + 1,
    login: `lee-${at}`,
  }));
  const given = answers(rows);
  let first = (_: unknown) => {};
  given[IMPORT] = new Promise((resolve) => {
    first = resolve;
  });
  const requests = open("/manage/acme/operators/import", given);
  const user = userEvent.setup();
  await choose(user);
  await user.click(await screen.findByRole("button", { name: "51명 가져오기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await vi.waitFor(() => expect(imports(requests)).toHaveLength(1));
  given[IMPORT] = new Refusal(409, { code: "licence-full-test", title: "자리가 없습니다." });
  first({ created: ROWS_AT_ONCE, updated: 0 });
  expect(
    await screen.findByText(
      "중지했습니다. 그때까지 상담원 50명을 만들고 0명을 바꾸었습니다. 자리가 없습니다.",
    ),
  ).toBeTruthy();
  expect(imports(requests)).toHaveLength(2);
});

it("D-8: a row that is refused holds up no other one, in no part, and can be looked at again", async () => {
  const rows = Array.from({ length: 2 * ROWS_AT_ONCE + 1 }, (_, at) => ({
    ...LEE,
    line: at + 2,
    login: `lee-${at}`,
    found: null,
  }));
  const changed = (position: number) =>
    new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: `rows.${position}.login`, code: "changed-since-preview" }],
    });
  const replies: unknown[] = [
    changed(0),
    { created: ROWS_AT_ONCE - 1, updated: 0 },
    changed(19),
    { created: ROWS_AT_ONCE - 1, updated: 0 },
    { created: 1, updated: 0 },
  ];
  const bad = { ...LEE, line: 200, login: "x", found: null, errors: [{ field: "login", code: "too-short" }] };
  const given = answers([...rows, bad]);
  Object.defineProperty(given, IMPORT, { get: () => replies.shift() });
  const requests = open("/manage/acme/operators/import", given);
  const user = userEvent.setup();
  await choose(user);
  await user.click(await screen.findByRole("button", { name: "101명 가져오기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  const text =
    "상담원 99명을 만들고 0명을 바꾸었습니다. 거절된 3줄은 건너뛰었습니다. 아래에서 이유를 확인하세요.";
  expect(await screen.findByText(text)).toBeTruthy();
  const sent: { rows: { line: number }[] }[] = await Promise.all(imports(requests).map((one) => one.json()));
  expect(sent.map((body) => body.rows.length)).toEqual([50, 49, 50, 49, 1]);
  const taken = [1, 3, 4].flatMap((at) => sent[at]?.rows.map(({ line }) => line) ?? []);
  expect(new Set(taken).size).toBe(99);
  expect([2, 71].filter((line) => taken.includes(line))).toEqual([]);
  const refused = () =>
    within(screen.getByRole("table", { name: "파일 내용" }))
      .getAllByRole("row")
      .slice(1);
  expect(refused().map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^2lee-0.*다른 관리자/),
    expect.stringMatching(/^71lee-69.*다른 관리자/),
    expect.stringMatching(/^200x/),
  ]);

  given[PREVIEW] = {
    rows: rows.map((row) => ({ ...row, action: "update", found: { id: "1", revision: 1 } })),
  };
  await user.click(screen.getByRole("button", { name: "거절된 줄 다시 확인" }));
  expect(await screen.findByRole("button", { name: "2명 가져오기" })).toBeTruthy();
  expect(refused().map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^2lee-0.*수정$/),
    expect.stringMatching(/^71lee-69.*수정$/),
  ]);
});
