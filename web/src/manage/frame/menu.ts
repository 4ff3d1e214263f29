/** A page of the administrator site that can be opened today. */
export type ManagePath =
  | "/manage/$company/departments"
  | "/manage/$company/operators/new"
  | "/manage/$company/operators"
  | "/manage/$company/support-types"
  | "/manage/$company/downloads"
  | "/manage/$company/records"
  | "/manage/$company/administrator"
  | "/manage/$company/settings"
  | "/manage/$company/branding"
  | "/manage/$company/usage-log"
  | "/manage/$company/api-tokens"
  | "/manage/$company/api"
  | "/manage/$company/statistics/by-month"
  | "/manage/$company/statistics/by-day"
  | "/manage/$company/statistics/by-hour"
  | "/manage/$company/statistics/by-operator"
  | "/manage/$company/statistics/by-duration"
  | "/manage/$company/statistics/by-os"
  | "/manage/$company/statistics/by-support-type"
  | "/manage/$company/statistics/by-satisfaction";

/** An entry of a sub menu. `key`: its texts are `manage-item-KEY` and `manage-item-KEY-about`. */
export type MenuItem = {
  key: string;
  path: ManagePath;
  /** Pages that hang under this one without an entry of their own. */
  below?: readonly MenuItem[];
};

/** An entry of the top menu with its sub menu. `key`: its text is `manage-menu-KEY`. */
export type MenuSection = { key: string; items: readonly MenuItem[] };

const DOWNLOADS: MenuItem = { key: "downloads", path: "/manage/$company/downloads" };

const BELOW_ADMINISTRATOR: readonly MenuItem[] = [
  { key: "api-tokens", path: "/manage/$company/api-tokens" },
  { key: "api", path: "/manage/$company/api" },
];

const BELOW_SETTINGS: readonly MenuItem[] = [{ key: "branding", path: "/manage/$company/branding" }];

/** The menus, in the order of the requirements [B-1, B-2]. */
export const MENU: readonly MenuSection[] = [
  {
    key: "support",
    items: [
      { key: "departments", path: "/manage/$company/departments" },
      { key: "new-operator", path: "/manage/$company/operators/new" },
      { key: "operators", path: "/manage/$company/operators" },
      { key: "support-types", path: "/manage/$company/support-types" },
      DOWNLOADS,
    ],
  },
  { key: "records", items: [{ key: "all-records", path: "/manage/$company/records" }] },
  {
    key: "statistics",
    items: [
      { key: "by-month", path: "/manage/$company/statistics/by-month" },
      { key: "by-day", path: "/manage/$company/statistics/by-day" },
      { key: "by-hour", path: "/manage/$company/statistics/by-hour" },
      { key: "by-operator", path: "/manage/$company/statistics/by-operator" },
      { key: "by-duration", path: "/manage/$company/statistics/by-duration" },
      { key: "by-os", path: "/manage/$company/statistics/by-os" },
      { key: "by-support-type", path: "/manage/$company/statistics/by-support-type" },
      { key: "by-satisfaction", path: "/manage/$company/statistics/by-satisfaction" },
      DOWNLOADS,
    ],
  },
  {
    key: "administrator",
    items: [
      { key: "administrator", path: "/manage/$company/administrator", below: BELOW_ADMINISTRATOR },
      { key: "settings", path: "/manage/$company/settings", below: BELOW_SETTINGS },
      { key: "usage-log", path: "/manage/$company/usage-log" },
    ],
  },
];

/**
 * The pages that the start page explains under an entry of the top menu: those of its menu, each page once on the whole
 * start page, and those that hang below them.
 */
export function entriesOf(section: MenuSection): readonly MenuItem[] {
  const isElsewhere = (item: MenuItem) => item === DOWNLOADS && section !== MENU[0];
  return section.items.filter((item) => !isElsewhere(item)).flatMap((item) => [item, ...(item.below ?? [])]);
}

/** Where an entry of the top menu leads: its first page of its own. */
export function pathOfSection(section: MenuSection): ManagePath {
  return (section.items.find((item) => item !== DOWNLOADS) ?? DOWNLOADS).path;
}

/** Where the entry of the top menu with this key leads. */
export function pathOfMenu(key: string): ManagePath {
  const section = MENU.find((each) => each.key === key);
  return section === undefined ? DOWNLOADS.path : pathOfSection(section);
}

/** The part of an address below `/manage/NAME`, such as `operators/new`. */
export function placeOf(pathname: string): string {
  return pathname.split("/").filter(Boolean).slice(2).join("/");
}

/** The entry that an address belongs to: the longest path that it begins with. */
export function itemAt(pathname: string): { section: MenuSection; item: MenuItem } | undefined {
  const place = placeOf(pathname);
  const found = MENU.flatMap((section) =>
    section.items.flatMap((item) =>
      [item, ...(item.below ?? [])].map(({ path }) => ({ section, item, path: placeOf(path) })),
    ),
  ).filter(({ path }) => path !== "" && (place === path || place.startsWith(`${path}/`)));
  return found.reduce<(typeof found)[number] | undefined>(
    (best, entry) => (best === undefined || entry.path.length > best.path.length ? entry : best),
    undefined,
  );
}
