"""Prints the keycodes of the keys that are down on the X display, as a JSON list (Xlib, XQueryKeymap)."""

import ctypes
import json

xlib = ctypes.CDLL("libX11.so.6")
xlib.XOpenDisplay.restype = ctypes.c_void_p
display = xlib.XOpenDisplay(None)
if not display:
    raise SystemExit("no display")
keymap = (ctypes.c_ubyte * 32)()
xlib.XQueryKeymap(ctypes.c_void_p(display), keymap)
print(json.dumps([code for code in range(256) if keymap[code // 8] >> code % 8 & 1]))
