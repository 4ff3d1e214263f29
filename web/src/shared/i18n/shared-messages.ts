import sharedEn from "../../../../locales/en/shared.ftl?raw";
import sharedKo from "../../../../locales/ko/shared.ftl?raw";
import type { Sources } from "./translate";

const errorsKo = import.meta.glob<string>("../../../../locales/ko/errors.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const errorsEn = import.meta.glob<string>("../../../../locales/en/errors.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Texts of the shared parts, and of the problems that the server names by code. */
export const sharedMessages: Sources = {
  ko: [sharedKo, ...Object.values(errorsKo)],
  en: [sharedEn, ...Object.values(errorsEn)],
};
