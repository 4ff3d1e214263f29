import "../shared/base.css";
import "./join.css";
import "./session-tools.css";
import "./chat-box.css";
import { after } from "../shared/session/browser-socket";
import { createJoin, thisDevice } from "./browser-port";
import { CopyPage } from "./copy-page";
import { JoinPage } from "./join-page";

const root = document.getElementById("root");
if (root !== null && location.pathname === "/copy") {
  new CopyPage(root, location.hash.slice(1), after).start();
  // Another link in the same tab changes nothing but what stands behind the #.
  addEventListener("hashchange", () => location.reload());
} else if (root !== null) {
  const page = new JoinPage(root, createJoin(), thisDevice());
  page.start();
  // The time that is left of an app code is shown by the second.
  const tick = () => {
    page.tick();
    after(1_000, tick);
  };
  tick();
}
