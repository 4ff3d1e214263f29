# The page on which a customer sees and controls the operator’s computer
viewer-title = The operator’s PC
viewer-connecting-title = Connecting
viewer-connecting-text = Looking for the operator’s PC.
viewer-waiting-title = Waiting for the operator
viewer-waiting-text = The operator starts the program on their PC and agrees there. Then their screen appears here.
viewer-dead-title = This link does not work any more
viewer-dead-text = It works once and for a short time. Ask the operator to begin again.
viewer-ended-title = It is over
viewer-ended-text = You do not see the operator’s PC any more. You can close this page.
viewer-controls = You control this PC with your mouse and keyboard
viewer-looks = You only see this PC
viewer-looks-only = You can only see this PC
viewer-take = Take control
viewer-release = Let go
viewer-stop = Stop

# In place of the console’s words, which call whoever is seen the customer
console-picture = The operator’s screen
console-connecting = Connecting to the operator’s PC
console-wait-picture = Connected. Waiting for the picture
console-interrupted = The connection is interrupted. It is being restored.
console-failed = The connection failed. It is tried again.
console-away = The operator’s PC was disconnected. Waiting for it to come back
console-control-customer-active = The operator is using the PC; your input pauses for a moment
console-paused = Paused by the operator
console-paused-means = The operator’s screen is not shown, and no input goes on until they continue.
console-not-seen = The operator does not show the screen
console-not-seen-means = Wait until they show it again.
console-picture-closed = The operator’s program sent more than this page can draw, so its picture was closed.
