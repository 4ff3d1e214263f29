import { expect, it } from "vitest";
import { entriesOf, itemAt, MENU, pathOfSection } from "./menu";

it("B-1 and B-2: the menus stand in the order of the requirements", () => {
  expect(MENU.map(({ key }) => key)).toEqual(["support", "records", "statistics", "administrator"]);
  expect(MENU[0]?.items.map(({ key }) => key)).toEqual([
    "departments",
    "new-operator",
    "operators",
    "support-types",
    "downloads",
  ]);
});

it.each([
  ["/manage/acme", undefined],
  ["/manage/acme/departments", "departments"],
  ["/manage/acme/departments/1/options", "departments"],
  ["/manage/acme/operators/new", "new-operator"],
  ["/manage/acme/operators/1", "operators"],
  ["/manage/acme/records/1", "all-records"],
  ["/manage/acme/api-tokens", "administrator"],
  ["/manage/acme/api", "administrator"],
  ["/manage/acme/branding", "settings"],
  ["/manage/acme/usage-log", "usage-log"],
  ["/manage/operators/operators", "operators"],
])("%s belongs to the entry %s", (pathname, key) => expect(itemAt(pathname)?.item.key).toBe(key));

it("B-2: the download centre belongs to the first menu, and the others do not lead to it", () => {
  expect(itemAt("/manage/acme/downloads")?.section.key).toBe("support");
  expect(MENU.map(pathOfSection)).toEqual([
    "/manage/$company/departments",
    "/manage/$company/records",
    "/manage/$company/statistics/by-month",
    "/manage/$company/administrator",
  ]);
});

it("B-4: the start page explains every page of the menus once", () => {
  const explained = MENU.flatMap(entriesOf).map(({ key }) => key);
  expect(new Set(explained).size).toBe(explained.length);
  for (const { items } of MENU) for (const { key } of items) expect(explained).toContain(key);
});
