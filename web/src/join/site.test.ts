import { expect, it } from "vitest";
import { readSite } from "./site";

it.each([
  [
    { service_name: "ACME", text: "안내", logo: "/logo?v=1" },
    { service: "ACME", text: "안내", logo: "/logo?v=1" },
  ],
  [
    { service_name: null, text: "", logo: null },
    { service: "", text: "", logo: null },
  ],
  [{ logo: "https://evil.example/x.png" }, { service: "", text: "", logo: null }],
  ["text", null],
  [null, null],
])("O-4: %j", (body, site) => expect(readSite(body)).toEqual(site));
