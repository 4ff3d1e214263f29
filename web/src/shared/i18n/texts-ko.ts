import errors from "../../../../locales/ko/errors.ftl?raw";
import shared from "../../../../locales/ko/shared.ftl?raw";

/** Texts of the shared parts, and of the problems that the server names by code. */
export const sharedTexts = [shared, errors];
