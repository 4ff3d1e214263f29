import errorsEn from "../../../../locales/en/errors.ftl?raw";
import sharedEn from "../../../../locales/en/shared.ftl?raw";
import errorsKo from "../../../../locales/ko/errors.ftl?raw";
import sharedKo from "../../../../locales/ko/shared.ftl?raw";
import type { Sources } from "./translate";

/** Texts of the shared parts, and of the problems that the server names by code. */
export const sharedMessages: Sources = { ko: [sharedKo, errorsKo], en: [sharedEn, errorsEn] };
