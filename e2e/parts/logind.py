"""org.freedesktop.login1 on a system bus of the test's own: what it is asked is a line on standard output, and nothing restarts.

The one argument is what CanReboot answers (org.freedesktop.login1(5)).
"""

import sys

from gi.repository import Gio, GLib

INTERFACE = """
<node>
  <interface name="org.freedesktop.login1.Manager">
    <method name="CanReboot"><arg type="s" direction="out"/></method>
    <method name="Reboot"><arg type="b" direction="in"/></method>
  </interface>
</node>
"""


def called(_connection, _sender, _path, _interface, method, arguments, invocation):
    print(method, *arguments.unpack(), flush=True)
    answer = GLib.Variant("(s)", (sys.argv[1],)) if method == "CanReboot" else None
    invocation.return_value(answer)


def acquired(connection, _name):
    manager = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    connection.register_object("/org/freedesktop/login1", manager, called, None, None)


def named(_connection, _name):
    print("ready", flush=True)


Gio.bus_own_name(Gio.BusType.SYSTEM, "org.freedesktop.login1", Gio.BusNameOwnerFlags.NONE, acquired, named, None)
GLib.MainLoop().run()
