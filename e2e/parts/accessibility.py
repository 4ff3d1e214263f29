"""Lists what the programs of a desktop show, and presses it, by AT-SPI: one JSON request a line in, one JSON reply a line out."""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

# Trees of the windows under test are small; anything deeper is a loop.
MAX_DEPTH = 40
MAX_CONTROLS = 2000

# Names differ between toolkits and versions of the library; tests use the web's.
ROLES = {
    "push button": "button",
    "button": "button",
    "toggle button": "switch",
    "check box": "switch",
    "switch": "switch",
    "radio button": "radio",
    "entry": "textbox",
    "text": "textbox",
    "password text": "textbox",
    "label": "text",
    "static": "text",
    "paragraph": "text",
    "frame": "window",
    "window": "window",
}


def enable():
    """Tells toolkits that somebody looks, as a screen reader does."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", value, None, Gio.DBusCallFlags.NONE, 20000, None
        )


def describe(node):
    role = node.get_role_name()
    described = {"role": ROLES.get(role, role), "name": node.get_name() or "", "value": "", "states": []}
    described["states"] = [state.value_nick for state in node.get_state_set().get_states()]
    rectangle = node.get_extents(Atspi.CoordType.SCREEN) if node.get_component_iface() else None
    for field in ("x", "y", "width", "height"):
        described[field] = getattr(rectangle, field) if rectangle else 0
    text = node.get_text_iface()
    if text:
        described["value"] = Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
    return described


def walk(node, depth, found):
    if depth > MAX_DEPTH or len(found) > MAX_CONTROLS:
        return
    for index in range(node.get_child_count()):
        try:
            child = node.get_child_at_index(index)
            if child is None:
                continue
            found.append((child, describe(child)))
            walk(child, depth + 1, found)
        except GLib.Error:
            # The window closed while we looked.
            continue


def looked():
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    found = []
    walk(desktop, 0, found)
    return found


def pressed(role, name):
    for node, control in looked():
        if control["role"] == role and control["name"] == name and "enabled" in control["states"]:
            action = node.get_action_iface()
            return action is not None and Atspi.Action.do_action(action, 0)
    return False


def answer(request):
    if "press" in request:
        return {"pressed": pressed(request["press"]["role"], request["press"]["name"])}
    return {"controls": [control for _, control in looked()]}


def main():
    enable()
    Atspi.init()
    print("ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        # Pending signals keep the library's picture of the desktop fresh.
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        try:
            reply = {"id": request["id"], **answer(request)}
        except GLib.Error as error:
            reply = {"id": request["id"], "error": str(error)}
        print(json.dumps(reply, ensure_ascii=False), flush=True)


main()
