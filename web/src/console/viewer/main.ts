import { firstSpoken } from "../../shared/i18n/spoken";
import { warmUp } from "../../shared/picture/module";
import { missingFeatures } from "../browser-support";
import { startPictureWorker } from "../peer/picture-inlet";
import { loadViewerTexts } from "./texts";
import { Tickets } from "./ticket";

/** /viewer: a customer sees and controls the operator's computer [F-15]. */
const able = missingFeatures(globalThis).length === 0;
const tickets = new Tickets(location.hash, sessionStorage, () => history.replaceState(null, "", "/viewer"));
// A link that is opened in a tab which shows this page changes the address alone.
addEventListener("hashchange", () => location.reload());
if (able) {
  startPictureWorker();
  void warmUp();
}
const [{ showViewer }, first] = await Promise.all([import("./views"), firstSpoken(loadViewerTexts)]);
const root = document.getElementById("root");
if (root !== null) showViewer(root, tickets, first);
