import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { readReferenceSearch } from "./api_tokens/api-reference-search";
import { NotFoundInFrame, NotFoundPage } from "./frame/not-found-page";
import { StartPage } from "./frame/start-page";
import { readOperatorSearch } from "./operators/operators-search";
import { readRecordSearch } from "./records/records-search";
import { ActivationPage } from "./sign_in/activation-page";
import { Gate, ManageRoot } from "./sign_in/gate";
import type { StatisticsKind } from "./statistics/kinds";
import { readStatisticsSearch } from "./statistics/statistics-search";
import { readUsageSearch } from "./usage_log/usage-log-search";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const activation = createRoute({
  getParentRoute: () => root,
  path: "/activate",
  component: ActivationPage,
});
const manage = createRoute({ getParentRoute: () => root, path: "/manage", component: ManageRoot });
const company = createRoute({
  getParentRoute: () => root,
  path: "/manage/$company",
  component: Gate,
  notFoundComponent: NotFoundInFrame,
});

const statistics = <const Kind extends StatisticsKind>(kind: Kind) =>
  createRoute({
    getParentRoute: () => company,
    path: `statistics/${kind}`,
    validateSearch: readStatisticsSearch,
    // Fetched with the first of them: most visits are to other pages.
    component: lazyRouteComponent(async () => {
      const { StatisticsPage } = await import("./statistics/statistics-page");
      return { default: () => <StatisticsPage kind={kind} /> };
    }),
  });

// What nobody has opened is not fetched; what somebody points at is fetched before the click.
const pages = [
  createRoute({ getParentRoute: () => company, path: "/", component: StartPage }),
  createRoute({
    getParentRoute: () => company,
    path: "departments",
    component: lazyRouteComponent(() => import("./departments/departments-page"), "DepartmentsPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "departments/$departmentId/options",
    component: lazyRouteComponent(
      () => import("./departments/department-options-page"),
      "DepartmentOptionsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "operators",
    validateSearch: readOperatorSearch,
    component: lazyRouteComponent(() => import("./operators/operators-page"), "OperatorsPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "operators/new",
    component: lazyRouteComponent(() => import("./operators/new-operator-page"), "NewOperatorPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "operators/import",
    component: lazyRouteComponent(() => import("./operators/import-page"), "ImportPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "operators/$operatorId",
    component: lazyRouteComponent(() => import("./operators/operator-page"), "OperatorPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "support-types",
    component: lazyRouteComponent(() => import("./support_types/support-types-page"), "SupportTypesPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "records",
    validateSearch: readRecordSearch,
    component: lazyRouteComponent(() => import("./records/records-page"), "RecordsPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "records/$recordId",
    validateSearch: readRecordSearch,
    component: lazyRouteComponent(() => import("./records/record-page"), "RecordPage"),
  }),
  statistics("by-month"),
  statistics("by-day"),
  statistics("by-hour"),
  statistics("by-operator"),
  statistics("by-duration"),
  statistics("by-os"),
  statistics("by-support-type"),
  statistics("by-satisfaction"),
  createRoute({
    getParentRoute: () => company,
    path: "downloads",
    component: lazyRouteComponent(() => import("./downloads/downloads-page"), "DownloadsPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "branding",
    component: lazyRouteComponent(() => import("./branding/branding-page"), "BrandingPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "administrator",
    component: lazyRouteComponent(() => import("./administrator/administrator-page"), "AdministratorPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "settings",
    component: lazyRouteComponent(() => import("./settings/settings-page"), "SettingsPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "usage-log",
    validateSearch: readUsageSearch,
    component: lazyRouteComponent(() => import("./usage_log/usage-log-page"), "UsageLogPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "api-tokens",
    component: lazyRouteComponent(() => import("./api_tokens/api-tokens-page"), "ApiTokensPage"),
  }),
  createRoute({
    getParentRoute: () => company,
    path: "api",
    validateSearch: readReferenceSearch,
    component: lazyRouteComponent(() => import("./api_tokens/api-reference-page"), "ApiReferencePage"),
  }),
] as const;

/** The pages and what each needs. */
export const routeTree = root.addChildren([activation, manage, company.addChildren(pages)]);

/** The addresses of the administrator site. Each stands for itself: it can be kept, shared and opened again. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
  trailingSlash: "never",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
