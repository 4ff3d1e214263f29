"""Lists what the programs of a desktop show, and presses it, by AT-SPI: one JSON request a line in, one JSON reply a line out.

By the protocol itself, since AT-SPI's own library asks four times as often, and each answer costs the program time. What a program shows
is asked as a whole where it can tell that.
"""

import json
import sys
from typing import NamedTuple

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


ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
CACHE = "/org/a11y/atspi/cache"
ANSWERS_WITHIN_MS = 5000


class Seen(NamedTuple):
    node: tuple
    role: str
    name: str
    # None: not told yet.
    states: list | None = None
    interfaces: list | None = None


class Bus:
    """The desktop's second bus, on which programs tell what they show. A node is a program's name there and a path in it."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.tell_toolkits(session)
        call = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, 20000, None)
        address = session.call_sync(*call).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        # Starts the registry, which programs look for when they start.
        self.children(ROOT)

    def tell_toolkits(self, session):
        """That somebody looks, as a screen reader does."""
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
            session.call_sync(
                "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", value, None, Gio.DBusCallFlags.NONE, 20000, None
            )

    def ask(self, node, interface, method, arguments=None):
        name, path = node
        full = interface if "." in interface else f"org.a11y.atspi.{interface}"
        return self.connection.call_sync(name, path, full, method, arguments, None, Gio.DBusCallFlags.NONE, ANSWERS_WITHIN_MS, None).unpack()

    def property(self, node, interface, name):
        wanted = GLib.Variant("(ss)", (f"org.a11y.atspi.{interface}", name))
        return self.ask(node, "org.freedesktop.DBus.Properties", "Get", wanted)[0]

    def children(self, node):
        return self.ask(node, "Accessible", "GetChildren")[0]

    def role(self, node):
        return self.named(self.ask(node, "Accessible", "GetRole")[0])

    def states(self, node):
        return self.stated(self.ask(node, "Accessible", "GetState")[0])

    @staticmethod
    def named(number):
        try:
            role = Atspi.role_get_name(Atspi.Role(number))
        except ValueError:
            # A program that is newer than this library.
            role = str(number)
        return ROLES.get(role, role)

    @staticmethod
    def stated(words):
        bits = [word * 32 + bit for word, value in enumerate(words) for bit in range(32) if value >> bit & 1]
        return [Atspi.StateType(bit).value_nick for bit in bits if bit < Atspi.StateType.LAST_DEFINED]


def described(bus, seen):
    node = seen.node
    states = bus.states(node) if seen.states is None else seen.states
    interfaces = bus.ask(node, "Accessible", "GetInterfaces")[0] if seen.interfaces is None else seen.interfaces
    control = {"role": seen.role, "name": seen.name, "value": "", "states": states}
    place = (0, 0, 0, 0)
    if "org.a11y.atspi.Component" in interfaces:
        place = bus.ask(node, "Component", "GetExtents", GLib.Variant("(u)", (int(Atspi.CoordType.SCREEN),)))[0]
    for field, value in zip(("x", "y", "width", "height"), place):
        control[field] = value
    if "org.a11y.atspi.Text" in interfaces:
        control["value"] = bus.ask(node, "Text", "GetText", GLib.Variant("(ii)", (0, -1)))[0]
    return control


def told(bus, program):
    """All of a program in the order of its tree, by one question; None where it does not tell every node."""
    try:
        items = bus.ask((program[0], CACHE), "Cache", "GetItems")[0]
    except GLib.Error:
        return None
    # Each is: itself, its program, its parent, its index there, its number of children, interfaces, name, role, description, states.
    below = {}
    for item in sorted(items, key=lambda item: item[3]):
        below.setdefault(item[2], []).append(item)
    found = []
    ahead = [item for item in items if item[0] == program]
    while ahead:
        node, _, _, _, children, interfaces, name, role, _, states = ahead.pop()
        if len(below.get(node, ())) != children:
            return None
        found.append(Seen(node, bus.named(role), name, bus.stated(states), interfaces))
        ahead.extend(reversed(below.get(node, ())))
    return found or None


def walk(bus, node, depth, found):
    if depth > MAX_DEPTH or len(found) > MAX_CONTROLS:
        return
    for child in bus.children(node):
        try:
            known = told(bus, child) if depth == 0 else None
            if known is not None:
                found.extend(known)
                continue
            found.append(Seen(child, bus.role(child), bus.property(child, "Accessible", "Name")))
            walk(bus, child, depth + 1, found)
        except GLib.Error:
            # The window closed while we looked.
            continue


def controls(bus, wanted, found):
    """Those of a role, with all that a test asks about."""
    described_ones = []
    for seen in found:
        try:
            if seen.role == wanted:
                described_ones.append(described(bus, seen))
        except GLib.Error:
            continue
    return described_ones


def pressed(bus, wanted, found):
    for node, role, name, *_ in found:
        if role == wanted["role"] and name == wanted["name"] and "enabled" in bus.states(node):
            return bus.ask(node, "Action", "DoAction", GLib.Variant("(i)", (0,)))[0]
    return False


def answer(bus, request):
    found = []
    walk(bus, ROOT, 0, found)
    if "press" in request:
        return {"pressed": pressed(bus, request["press"], found)}
    return {"controls": controls(bus, request["role"], found), "seen": [f'{seen.role} "{seen.name}"' for seen in found]}


def main():
    bus = Bus()
    print("ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = {"id": request["id"], **answer(bus, request)}
        except GLib.Error as error:
            reply = {"id": request["id"], "error": str(error)}
        print(json.dumps(reply, ensure_ascii=False), flush=True)


main()
