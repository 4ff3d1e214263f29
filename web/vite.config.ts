import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";
import type { ViteUserConfig } from "vitest/config";
import { filesByPage } from "./build/files-by-page.ts";
import { preloadViews } from "./build/preload-views.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// `BESIDE_SERVER=https://127.0.0.1:8443 npm run dev` works on the pages against a running server.
const server = process.env["BESIDE_SERVER"];
const passedOn = ["/api", "/ws", "/downloads", "/ca", "/ca.pem", "/healthz"];

const pages = {
  join: here("index.html"),
  manage: here("manage.html"),
  console: here("console.html"),
  viewer: here("viewer.html"),
};

/** What decides which modules there are. */
const sources = () => [
  react(),
  { ...optimizeLocales.vite({ locales: ["ko-KR", "en-US"] }), enforce: "pre" as const },
];

const proxy: Record<string, ProxyOptions> = Object.fromEntries(
  server === undefined ? [] : passedOn.map((path) => [path, passOn(server, path)]),
);

const everywhere = { restoreMocks: true, testTimeout: 30_000 } as const;
const browserLike = {
  environment: "happy-dom",
  environmentOptions: { happyDOM: { url: "https://beside.test/" } },
} as const;

/** A document is made, anew for each file, for the tests that draw (`.tsx`) or say that they need one (`.dom.test.ts`); the others start at once. */
const test: ViteUserConfig["test"] = {
  maxWorkers: "100%",
  projects: [
    {
      extends: true,
      test: {
        ...everywhere,
        ...browserLike,
        name: "pages",
        include: ["src/**/*.test.tsx", "src/**/*.dom.test.ts"],
        setupFiles: ["src/shared/test-setup.ts"],
      },
    },
    {
      extends: true,
      test: {
        ...everywhere,
        name: "logic",
        include: ["src/**/*.test.ts"],
        exclude: ["src/**/*.dom.test.ts"],
        isolate: false,
      },
    },
  ],
};

export default defineConfig({
  appType: "mpa",
  plugins: [...sources(), pagesByPath(), preloadViews(), filesByPage(pages, sources)],
  server: { proxy, fs: { allow: [here("."), here("../locales")] } },
  preview: { proxy },
  build: {
    target: ["chrome120", "firefox121", "safari17"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
  test,
});

/** The server takes requests of its own origin alone, and its certificate is its own authority's. */
function passOn(target: string, path: string): ProxyOptions {
  return { target, changeOrigin: true, secure: false, ws: path === "/ws", headers: { origin: target } };
}

/** Serves /manage/NAME and /console/NAME from their page, as the product's server does. */
function pagesByPath() {
  const rewrite = (url: string | undefined) => {
    const page =
      /^\/(manage|console|viewer)(\/[^.]*)?(\?.*)?$/.exec(url ?? "")?.[1] ??
      /^\/(activate)/.exec(url ?? "")?.[1];
    return page === undefined ? url : `/${page === "activate" ? "manage" : page}.html`;
  };
  type Middlewares = {
    middlewares: {
      use(handler: (request: { url?: string }, response: unknown, next: () => void) => void): void;
    };
  };
  const install = ({ middlewares }: Middlewares) => {
    middlewares.use((request, _response, next) => {
      const url = rewrite(request.url);
      if (url !== undefined) request.url = url;
      next();
    });
  };
  return { name: "beside-pages-by-path", configureServer: install, configurePreviewServer: install };
}
