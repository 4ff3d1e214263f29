# The operator's console
console-title = Operator console
console-browser-title = This browser cannot be used
console-browser-lacks = This browser lacks { $features }. Use a current Chrome, Edge, Firefox or Safari.

console-sign-in-title = Operator sign-in
console-sign-in = Sign in
console-sign-out = Sign out
console-sign-out-title = Sign out?
console-sign-out-text = { $count ->
    [one] One session is open. It ends when you sign out, and what its record form says without being saved is lost.
   *[other] { $count } sessions are open. They end when you sign out, and what their record forms say without being saved is lost.
}
console-company = Company
console-id = ID
console-password = Password
console-sign-in-locked = Too many attempts. Try again in { $seconds } s.

console-tabs = Session tabs
console-sessions = Sessions
console-sessions-lead = Make a new session and tell the customer its connection code.
console-sessions-empty = No sessions are running
console-sessions-empty-text = “New session” gives you a code for the customer to type.
console-open = Open
console-no-customer = Session without a customer
console-open-session = Open { $title }
console-close-tab = Close the tab { $title }
console-unread =
    { $count ->
        [one] 1 unread message
       *[other] { $count } unread messages
    }
console-new-session = New session
console-close = Close
console-cancel = Cancel
console-save = Save
console-dismiss = OK
console-reload = Reload

console-stage-waiting = Waiting for the customer
console-stage-joined = Waiting for consent
console-stage-connecting = Connecting
console-stage-active = In session
console-stage-away = Customer disconnected
console-stage-ended = Ended

console-code = Connection code
console-code-left = { $minutes } min { $seconds } s left
console-code-how = The customer opens { $address } and types this code, or opens the link below and presses Next.
console-code-expired = The connection code has expired
console-code-expired-text = Nobody can join with this code any more. Make a new session.
console-new-code = New code
console-code-hidden = The code cannot be shown
console-code-hidden-text = The server was restarted and keeps no codes. Your customer can still use the old one until you make a new one here.
console-copy-link = Copy link
console-link-copied = Link copied
console-link-not-copied = The link could not be copied. Select the link below and copy it yourself.
console-qr = QR code of the connection link
console-qr-hint = A camera opens the link

console-joined-title = The customer has joined
console-joined-text = The screen appears once the customer agrees.
console-ended-title = The session has ended
console-end-unknown = The session is over.
console-end-customer-stopped = The customer pressed Stop.
console-end-operator-ended = The operator ended it.
console-end-customer-declined = The customer declined.
console-end-customer-lost = The customer was disconnected and did not come back.
console-end-operator-lost = The operator’s console was disconnected and did not come back.
console-end-expired = The connection code expired.
console-end-policy-refused = The customer app could not verify the server’s signed policy and refused the connection. Ask your administrator.
console-end-administrator = An administrator ended it.
console-end-server-failed = The server could not keep the record, so the session ended.
console-end-screen-depth = The colour depth of the customer’s screen is not supported, so it could not be shared. Ask the customer to set the screen to 24-bit colour, then make a new session.
console-end-screen-missing = The customer’s display server lacks an extension that sharing needs (DAMAGE, XFIXES). Let the customer’s administrator turn it on, or have the customer share from the browser in a new session.
console-end-screen-size = The customer’s screen is too large to be shared. Ask the customer for a lower resolution or fewer monitors, then make a new session.
console-end-screen-lost = The customer’s screen went away, perhaps by signing out. Make a new session once the customer is back at the desktop.
console-end-screen-failed = The customer’s computer could not share its screen; the customer app shows why. Ask the customer to read it to you, then make a new session.
console-replaced-title = Opened in another console
console-replaced-text = This session goes on in another console window of the same operator.
console-replaced-back = Open it here again

console-server-away = The connection to the server is lost. Reconnecting; running sessions go on.
console-server-refused = The server did not accept this console. Reload the page.
console-server-protocol-too-old = The server was updated. Reload the page.
console-server-protocol-too-new = The server is older than this console. Ask your administrator.
console-server-replaced = Another console window took over. Reload to go on in this one.

console-toolbar = Tools
console-group-control = Control
console-group-picture = Picture
console-control = Control
console-special-keys = Special keys
console-zoom-fit = Fit
console-zoom-original = Original size
console-full-screen = Full screen
console-menus = Menus
console-more = More
console-quality = Picture quality
console-quality-automatic = Automatic
console-quality-automatic-means = What stands still is exact; what moves becomes video where that is lighter.
console-quality-sharp = Sharp
console-quality-sharp-means = As much as possible is exact; video only where the connection has no room.
console-quality-fast = Fast
console-quality-fast-means = Movement becomes video early, with fewer colours; it is exact again at rest.
console-quality-no-video = This browser takes no AV1 video, so every pixel comes exactly, whatever is chosen.
console-end = End
console-end-title = End the session?
console-end-text = The connection to the customer is closed. The support record can still be written afterwards.
console-view-only = View only
console-view-only-browser = The customer shares from a browser, so control is not possible. Control needs the customer app.
console-view-only-policy = Control is not allowed by the policy or by the customer.
console-exact = Exact
console-exact-means = What you see equals the customer’s screen, pixel by pixel.
console-direct = direct
console-relayed = relayed
console-round-trip = { $milliseconds } ms round trip
console-link-none = Not connected
console-link-connecting = Connecting
console-link-connected = Connected
console-link-interrupted = Unstable
console-link-failed = Failed

console-keys-ctrl-alt-del = Ctrl+Alt+Del
console-keys-super = Windows key
console-keys-alt-tab = Alt+Tab
console-keys-alt-f4 = Alt+F4
console-keys-hangul = 한/영 (Hangul)
console-keys-hanja = 한자 (Hanja)
console-keys-print-screen = Print Screen
console-keys-ctrl-esc = Ctrl+Esc

console-shortcuts = Keyboard shortcuts
console-shortcut-leave = Takes the keyboard back from the customer; in full screen the menus come back too.
console-shortcut-cad = Sends Ctrl+Alt+Del to the customer.
console-shortcut-full-screen = Turns full screen on and off.
console-shortcut-help = Opens this list, while the keyboard is with the console.

console-picture = Customer’s screen
console-typing = Keyboard input
console-connecting = Connecting to the customer
console-wait-picture = Connected. Waiting for the screen
console-wait-share = Connected. Waiting for the customer to choose what to share
console-away = The customer was disconnected. Waiting one minute for them to come back
console-interrupted = The connection is unstable. Waiting for it to recover
console-failed = No connection to the customer could be made. Trying again
console-control-customer-active = The customer is using the computer; your input pauses for a moment
console-picture-failed = The screen could not be drawn. Check whether this browser blocks WebAssembly.
console-picture-closed = The customer app sent more than this page can draw, so its picture was closed. The session goes on.
console-picture-again = Ask for the picture again
console-refused = The customer app refused a request ({ $what })
console-refused-input-view-only = Control is not allowed, so the input was refused
console-refused-input-control-off = Control is off, so the input was refused
console-refused-input-unavailable = The customer’s computer takes no input, so it was refused
console-refused-input-question-open = No input while the customer answers a question
console-refused-question-open = No input while the customer answers a question
console-refused-own-window = The customer app’s own windows cannot be controlled
console-refused-unknown-key = The customer’s keyboard has no such key
console-refused-input-busy = Too much input was waiting; some of it was refused
console-refused-chat-forbidden = Chat is not allowed in this session
console-refused-chat-too-fast = Messages came too fast; some were refused
console-unsupported = The customer’s computer does not support something ({ $what })
console-unsupported-input-no-display = No screen was found on the customer’s computer, so control is not possible
console-unsupported-input-no-xtest = The customer’s display server takes no input, so control is not possible
console-unsupported-input-no-xinput = The customer’s display server has no XInput, so control is not possible
console-unsupported-input-no-xkb = The customer’s display server has no XKB, so control is not possible
console-unsupported-input-no-spare-keys = The customer’s keyboard has no spare keys for text, so control is not possible
console-unsupported-input-no-platform = The customer’s system cannot be controlled yet
console-unsupported-input-display-lost = The customer’s screen went away and control stopped

console-sidebar = Chat and record
console-sidebar-fold = Fold chat and record
console-chat = Chat
console-chat-empty = No messages yet
console-chat-forbidden = Chat is not available in this session
console-chat-message = Message
console-chat-placeholder = Write to the customer
console-chat-send = Send
console-chat-you = Operator
console-chat-customer = Customer
console-chat-waiting = Sending
console-chat-sent = Sent
console-chat-delivered = Delivered
console-chat-told = From another window, as the customer’s side has it
console-chat-waits = Will be sent once reconnected.

console-record = Support record
console-record-type = Support type
console-record-no-type = None
console-record-resolution = Resolution
console-record-unchecked = Unchecked
console-record-resolved = Resolved
console-record-unresolved = Unresolved
console-record-customer = Customer name
console-record-memo = Memo
console-record-saved = Saved
console-record-saved-cut = What was too long is saved as far as it fits
console-record-too-long = { $count } characters; { $max } can be saved.
console-record-none = No record
console-record-none-text = The session ended before a customer joined, so there is nothing to record.
console-ended-today = Ended today
console-record-of = Record of { $title }
console-ended-at = Ended { $time }
console-record-written = Record written
console-record-unwritten = Record not written
console-record-write = Write record
console-record-change = Change record

## A sign-in elsewhere (S-01)
console-elsewhere-title = You are signed in elsewhere
console-elsewhere-text = This ID is already signed in at { $address }. End that sign-in and sign in here? Sessions that run go on.
console-elsewhere-end = End it and sign in
