import { firstSpoken } from "../shared/i18n/spoken";
import { warmUp } from "../shared/picture/module";
import { signedIn } from "./account/me";
import { missingFeatures } from "./browser-support";
import { Opening } from "./opening/opening";
import { startPictureWorker } from "./peer/picture-inlet";
import { loadConsoleTexts } from "./texts";
import { createWorkspace, prepareConnection, rememberedTabs } from "./workspace/create-workspace";

// All that waits for the network or for another thread begins before the views are read: a session that goes on after a
// reload has its picture by then.
const able = missingFeatures(globalThis).length === 0;
const opening = new Opening({
  findMe: signedIn,
  comesBack: able && rememberedTabs().length > 0,
  createWorkspace,
});
if (able) {
  startPictureWorker();
  prepareConnection();
  void warmUp();
}
const [{ showConsole }, first] = await Promise.all([
  import("./views"),
  firstSpoken(loadConsoleTexts),
  whenParsed(),
]);
const root = document.getElementById("root");
if (root !== null) showConsole(root, opening, first);

async function whenParsed(): Promise<void> {
  if (document.readyState !== "loading") return;
  await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}
