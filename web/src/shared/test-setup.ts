import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A page is fetched when it is opened; a busy machine takes its time with that.
configure({ asyncUtilTimeout: 10_000 });

// The test's browser lays nothing out, and has no place to scroll to.
Element.prototype.scrollIntoView = () => {};

afterEach(cleanup);
