import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const ME = { "GET /api/manage/me": SIGNED_IN };
const department = (id: string, name: string, operator_count = 0) => ({ id, name, operator_count });
const listed = (...departments: unknown[]) => ({ ...ME, "GET /api/manage/departments": { departments } });

it("C-1: a name that is taken is told at the field, and what was typed stays", async () => {
  const requests = open("/manage/acme/departments", {
    ...listed(department("1", "기술지원")),
    "POST /api/manage/departments": new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: "name", code: "unknown-to-this-page" }],
    }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "새 부서 생성" }));
  const dialog = within(screen.getByRole("dialog"));
  const field = dialog.getByLabelText("부서 이름");
  await user.type(field, " 기술지원 {Enter}");
  expect(await dialog.findByText("입력한 값을 확인하세요.")).toBeTruthy();
  expect(field).toHaveProperty("value", " 기술지원 ");
  const sent = requests.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ name: "기술지원" });
  expect(sent?.headers.get("X-Beside-CSRF")).toBe("token");
});

it("C-2: a click on the name renames it in place, Escape leaves it", async () => {
  const requests = open("/manage/acme/departments", {
    ...listed(department("1", "기술지원")),
    "PATCH /api/manage/departments/1": department("1", "기술지원 2팀"),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "기술지원" }));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "기술지원" }));
  expect(screen.getByLabelText("부서 이름")).toBe(document.activeElement);
  await user.keyboard("기술지원 2팀{Enter}");
  await vi.waitFor(() => expect(requests.filter(({ method }) => method === "PATCH")).toHaveLength(1));
  expect(await requests.find(({ method }) => method === "PATCH")?.json()).toEqual({ name: "기술지원 2팀" });
});

it("C-4: a department with operators says how many must move, and is not offered for deletion", async () => {
  open("/manage/acme/departments", listed(department("1", "기술지원", 3), department("2", "고객센터")));
  const user = userEvent.setup();
  const row = within(await screen.findByRole("row", { name: /기술지원/ }));
  await user.click(row.getByRole("button", { name: "삭제" }));
  const dialog = within(screen.getByRole("alertdialog"));
  expect(dialog.getByText(/상담원 3명/)).toBeTruthy();
  expect(dialog.queryByRole("button", { name: "삭제" })).toBeNull();
});

it("C-3: what is switched while a save is on its way stays switched, and unsaved", async () => {
  const rule = {
    table: "features",
    needs: [],
    beaten_by: null,
    included_in: null,
    mobile: false,
    in_effect: true,
  };
  const options = (chat: boolean) => ({
    options: [
      { ...rule, key: "text_chat", value: chat },
      { ...rule, key: "two_way_file_transfer", value: false },
    ],
  });
  let saved = (_: unknown) => {};
  const answers: Record<string, unknown> = {
    ...listed(department("1", "기술지원")),
    "GET /api/manage/departments/1/options": options(false),
    "PUT /api/manage/departments/1/options": new Promise((resolve) => {
      saved = resolve;
    }),
  };
  open("/manage/acme/departments/1/options", answers);
  const user = userEvent.setup();
  const [chat, files] = await screen.findAllByRole("switch");
  if (chat === undefined || files === undefined) throw new Error("there are two");
  await user.click(chat);
  await user.click(screen.getByRole("button", { name: "저장" }));
  await user.click(files);
  answers["GET /api/manage/departments/1/options"] = options(true);
  saved({});
  expect(await screen.findByText("저장했습니다.")).toBeTruthy();
  expect([chat, files]).toEqual([
    expect.objectContaining({ checked: true }),
    expect.objectContaining({ checked: true }),
  ]);
  expect(screen.getByText(/^저장하지 않음: [^,]+$/)).toBeTruthy();
});

it("C-3: phones say at F-20, too, that they are not supported yet", async () => {
  const rule = { needs: [], beaten_by: null, included_in: null, in_effect: false, value: false };
  open("/manage/acme/departments/1/options", {
    ...listed(department("1", "기술지원")),
    "GET /api/manage/departments/1/options": {
      options: [
        { ...rule, key: "mobile_support", table: "features", mobile: true },
        { ...rule, key: "two_way_file_transfer", table: "features", mobile: false },
      ],
    },
  });
  const item = async (name: string) => (await screen.findByRole("switch", { name })).closest("li");
  const later = "휴대폰 지원은 아직 제공되지 않습니다.";
  expect((await item("모바일 / 영상 원격지원"))?.textContent).toContain(later);
  const files = (await item("양방향 파일 전송"))?.textContent;
  expect(files).toContain("아직 세션에서 적용되지 않음");
  expect(files).not.toContain(later);
});

it("a list that does not come offers to try again", async () => {
  const answers: Record<string, unknown> = {
    ...ME,
    "GET /api/manage/departments": new Refusal(500, { code: "internal", title: "", status: 500 }),
  };
  open("/manage/acme/departments", answers);
  const again = await screen.findByRole("button", { name: "다시 시도" });
  answers["GET /api/manage/departments"] = { departments: [department("1", "기술지원")] };
  await userEvent.setup().click(again);
  expect(await screen.findByText("기술지원")).toBeTruthy();
});

it("no permission is its own state, without a way to try again", async () => {
  open("/manage/acme/departments", {
    ...ME,
    "GET /api/manage/departments": new Refusal(403, { code: "forbidden", title: "", status: 403 }),
  });
  expect(await screen.findByText("볼 수 있는 권한이 없습니다")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "다시 시도" })).toBeNull();
});
