// Older and newer protocols, and browsers that lack something: told in words on either side, and what to do about it.
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server as HttpsServer } from "node:https";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { Desktop } from "./parts/desktop.ts";
import { labels } from "./parts/labels.ts";
import { Program } from "./parts/program.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

const say = labels.en;
const AGES = ["too-old", "too-new"] as const;
/** Versions { lowest: 1, highest: 1 } in every hello, and what a program of a later time would say. */
const [OURS, LATER] = [Buffer.from([8, 1, 16, 1]), Buffer.from([8, 7, 16, 9])];

let server: Server;
let company: Company;

test.beforeAll(async () => {
  server = await Server.start();
  company = await makeCompany(server);
});

test.afterAll(() => server.stop());

for (const age of AGES) {
  test(`a console that is ${age} is told so, and to reload or to ask`, async ({ browser }) => {
    const page = await newPage(browser);
    await ofAnotherTime(page, age);
    await page.goto(`${server.url}/console/acme`);
    await page.getByRole("textbox", { name: say.id, exact: true }).fill(company.operator.login);
    await page.getByLabel(say.password, { exact: true }).fill(company.operator.password);
    await page.getByRole("button", { name: say.signIn, exact: true }).click();
    await expect(page.getByRole("alert")).toContainText(text("en", `console-server-protocol-${age}`));
    await page.context().close();
  });

  test(`a customer's page that is ${age} is told so`, async ({ browser }) => {
    const page = await newPage(browser);
    await ofAnotherTime(page, age);
    await page.goto(`${server.url}/#123456`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text("en", `join-problem-protocol-${age}`))).toBeVisible();
    await page.context().close();
  });
}

test("an app that is too old or too new for its server says so", async () => {
  const desktop = await Desktop.start();
  const other = await Server.start();
  const path = join(desktop.home, "beside-123456");
  await other.downloadApp(path);
  await other.kill();
  const later = await Later.start(other);
  try {
    for (const age of AGES) {
      later.problem = `protocol-${age}`;
      const app = await App.downloaded(desktop, path, { language: "en" });
      await app.press("button", say.next);
      await app.find("text", text("en", `customer-problem-protocol-${age}`));
      await app.program.stop();
    }
  } finally {
    later.stop();
    await desktop.stop();
    await other.stop();
  }
});

for (const feature of ["WebRTC", "WebAssembly"] as const) {
  test(`a console whose browser lacks ${feature} says so before anybody signs in`, async ({ browser }) => {
    const page = await newPage(browser);
    await lacking(page, feature === "WebRTC" ? "RTCPeerConnection" : feature);
    await page.goto(`${server.url}/console/acme`);
    await expect(page.getByText(text("en", "console-browser-title"))).toBeVisible();
    await expect(page.getByText(text("en", "console-browser-lacks").replace("{ $features }", feature))).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await page.context().close();
  });
}

test("a customer's page whose browser lacks WebRTC says so and takes no code", async ({ browser }) => {
  const page = await newPage(browser);
  await lacking(page, "RTCPeerConnection");
  await page.goto(server.url);
  await expect(page.getByText(text("en", "join-limit-browser"))).toBeVisible();
  await expect(page.getByRole("button", { name: say.next, exact: true })).toBeDisabled();
  await page.context().close();
});

test("a console whose browser takes no AV1 says once that every pixel comes exactly", async ({ browser }) => {
  const at = await Case.start(browser, {
    prepare: async ({ page }) => {
      await page.addInitScript(() => {
        const whole = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver);
        RTCRtpReceiver.getCapabilities = (kind) => {
          const found = whole(kind);
          return found && { ...found, codecs: found.codecs.filter(({ mimeType }) => !/av1/i.test(mimeType)) };
        };
      });
    },
  });
  try {
    await at.join();
    const { page } = at.operator;
    const sentence = page.getByText(text("en", "console-quality-no-video"));
    await expect(sentence).toBeVisible();
    await expect(at.operator.exactSign).toBeVisible();
    await page.getByRole("button", { name: text("en", "console-dismiss"), exact: true }).click();
    await expect(sentence).toBeHidden();
    await page.reload();
    await expect(at.operator.exactSign).toBeVisible();
    await expect(sentence).toBeHidden();
    await page.getByRole("button", { name: text("en", "console-view"), exact: true }).click();
    await expect(sentence).toBeVisible();
  } finally {
    await at.stop();
  }
});

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", ignoreHTTPSErrors: true });
  return context.newPage();
}

async function lacking(page: Page, name: string): Promise<void> {
  await page.addInitScript((each) => Reflect.deleteProperty(globalThis, each), name);
}

/** The page's hello names protocols of a later time, so that this server refuses it; where the page is to be the older one, the answer is turned round. */
async function ofAnotherTime(page: Page, age: (typeof AGES)[number]): Promise<void> {
  await page.routeWebSocket(/\/ws\//, (socket) => {
    const onward = socket.connectToServer();
    socket.onMessage((message) => onward.send(replaced(message, OURS, LATER)));
    onward.onMessage((message) => socket.send(replaced(message, Buffer.from("protocol-too-new"), Buffer.from(`protocol-${age}`))));
  });
}

function replaced(message: string | Buffer, from: Buffer, to: Buffer): string | Buffer {
  if (typeof message === "string") return message;
  const at = message.indexOf(from);
  return at < 0 ? message : Buffer.concat([message.subarray(0, at), to, message.subarray(at + from.length)]);
}

/** In the place of a server that ended, with the certificate authority of that one: it knows no version that the app knows. */
class Later {
  problem = "";

  private constructor(private readonly https: HttpsServer) {
    https.on("upgrade", (request, socket) => {
      const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept.digest("base64")}\r\n\r\n`,
      );
      socket.on("error", () => undefined);
      // ServerToCustomer { problem: { code } }, in one binary frame, as the answer to the hello.
      const code = Buffer.from(this.problem);
      const body = Buffer.concat([Buffer.from([0x42, code.length + 2, 0x0a, code.length]), code]);
      socket.once("data", () => socket.write(Buffer.concat([Buffer.from([0x82, body.length]), body])));
    });
  }

  static async start(before: Server): Promise<Later> {
    const [root, key] = ["root.pem", "root-key.pem"].map((name) => join(before.data, "authority", name));
    const made = join(before.data, "later");
    const names = "subjectAltName=DNS:localhost";
    const subject = ["-subj", `/CN=${randomBytes(4).toString("hex")}`, "-addext", names, "-addext", "extendedKeyUsage=serverAuth"];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    await Program.run("openssl", [
      ...["req", "-x509", ...kind, "-keyout", `${made}.key`, "-out", `${made}.pem`, "-CA", root ?? "", "-CAkey", key ?? ""],
      ...subject,
      ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ]);
    const chain = Buffer.concat(await Promise.all([`${made}.pem`, root ?? ""].map((path) => readFile(path))));
    const https = createServer({ key: await readFile(`${made}.key`), cert: chain });
    const later = new Later(https);
    await new Promise<void>((resolve) => https.listen(before.port, "0.0.0.0", resolve));
    return later;
  }

  stop(): void {
    this.https.close();
    this.https.closeAllConnections();
  }
}
