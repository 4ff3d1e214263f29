import type { HtmlTagDescriptor, Plugin } from "vite";

/** What a page shows from its beginning; other parts that are imported later, such as charts, wait for their use. */
export const VIEWS = /\/views\.tsx$/;

/**
 * Names in a page the views that its first script imports only later, so that they are fetched at once: a small script can then
 * begin what takes time without waiting for them.
 */
export function preloadViews(): Plugin {
  return {
    name: "beside-preload-views",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return [];
        const files = new Set<string>();
        const styles = new Set<string>();
        const follow = (name: string) => {
          const part = bundle[name];
          if (part?.type !== "chunk" || files.has(name)) return;
          files.add(name);
          for (const next of part.imports) follow(next);
          // After the shared ones, which it may overrule.
          for (const style of part.viteMetadata?.importedCss ?? []) styles.add(style);
        };
        for (const name of chunk.dynamicImports) {
          const part = bundle[name];
          if (part?.type === "chunk" && VIEWS.test(part.facadeModuleId ?? "")) follow(name);
        }
        return [
          ...[...files].map((name) => link("modulepreload", name)),
          ...[...styles].map((name) => link("stylesheet", name)),
        ].filter(({ attrs }) => !html.includes(`href="${attrs.href}"`));
      },
    },
  };
}

function link(rel: string, name: string) {
  return {
    tag: "link",
    attrs: { rel, crossorigin: true, href: `/${name}` },
    injectTo: "head",
  } as const satisfies HtmlTagDescriptor;
}
