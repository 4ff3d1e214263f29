import errors from "../../../../locales/en/errors.ftl?raw";
import shared from "../../../../locales/en/shared.ftl?raw";

/** Texts of the shared parts, and of the problems that the server names by code. */
export const sharedTexts = [shared, errors];
