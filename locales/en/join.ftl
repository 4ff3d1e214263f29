# The page that customers open
join-title = Get remote support
join-lead = Type the six digits that your operator gave you.
join-lead-link = The link has filled in your code. Press Next if your operator sent it to you.
join-code = Connection code
join-next = Next
join-joining = Checking the connection code
join-limit-ios = Browsers on iPhone and iPad cannot share the screen. Open this page on a PC or a Mac.
join-limit-android = Browsers on Android phones and tablets cannot share the screen. Open this page on a PC.
join-limit-browser = This browser cannot connect. Open the page in a current Chrome, Edge, Firefox or Safari.
join-limit-share = This browser cannot share the screen. Download the program below, or open the page in another browser.

join-problem-six-digits = A connection code has six digits.
join-problem-code-unknown = There is no such code. Check the digits.
join-problem-code-expired = This code has expired. Ask your operator for a new one.
join-problem-code-used = This code has been used already. Ask your operator for a new one.
join-problem-rate-limited = Too many attempts. Try again in { $seconds } s.
join-problem-protocol-too-old = This page is out of date. Reload it and try again.
join-problem-protocol-too-new = The server is older than this page. Tell your operator.
join-problem-bad-message = The server could not be understood. Reload the page and try again.
join-problem-unreachable = The server cannot be reached. Check the network and try again.
join-problem-share-cancelled = No screen was chosen. Press the button again to choose one.
join-problem-share-failed = The screen could not be captured on this computer. Try again with another window or screen.
join-problem-connection = No connection to the operator could be made. Waiting for another attempt.
join-problem-other = The connection failed. Try again in a moment.

join-consent-title = Show your screen?
join-company = Company
join-service = Service
join-operator = Operator
join-operator-waiting = waiting
join-wait-operator = You can agree once the operator is there.
join-rights = If you agree
join-rights-connect = If you press Connect
join-right-view = The operator sees the screen that you choose next.
join-right-chat = You can chat with the operator.
join-right-capture = The operator can keep still pictures of what you share.
join-right-record = The operator can record what you share.
join-right-record-voice = The operator can record what you share, and both voices.
join-right-talk = The operator can ask to talk with you. Your microphone is off until you allow it, each time.
join-right-operator-screen = The operator can ask to show you their own screen.
join-right-invite = The operator can bring in another operator. You are asked first.
join-right-invite-told = The operator can bring in another operator. You are told.
join-right-operator-control = The operator can ask you to see and control their PC. You are asked each time.
join-right-no-control = The operator cannot control this computer.
join-right-stop = Press Stop at any time; it ends at once.
join-agree = Agree
join-connect = Connect
join-connect-hint = After Connect, the browser asks which screen to share. Nothing is sent before that.
join-agree-hint = After Agree, the browser asks which screen to share. Nothing is sent before that.
join-decline = Decline

join-recording-allow = Allow recording
join-recording-needed = This company supports only customers who agree to be recorded. Without that, support ends.
join-recording-on = Recording – press to stop
join-recording-held = Recording, paused – press to stop

join-may = What the operator may do
join-talk-allow = Allow voice
join-operator-screen-allow = Allow the operator’s screen
join-invite-allow = Allow another operator
join-operator-control-allow = Allow control of the operator’s PC

join-ask-allow = Allow
join-ask-refuse = Don’t allow
join-ask-record = { $operator } of { $company } asks to record
join-ask-record-unnamed = The operator of { $company } asks to record
join-ask-record-means = Allow, and what you share is recorded. You can stop it at any time.
join-ask-talk = { $operator } of { $company } wants to talk with you
join-ask-talk-unnamed = The operator of { $company } wants to talk with you
join-ask-talk-means = Allow, and your microphone is switched on. Your browser may ask you as well.
join-ask-talk-recorded = The recording has both voices.
join-ask-operator-screen = { $operator } of { $company } wants to show you their screen
join-ask-operator-screen-unnamed = The operator of { $company } wants to show you their screen
join-ask-operator-screen-means = Allow, and it appears on this page. It is for viewing only.
join-ask-operator-control = { $operator } of { $company } would like you to see and control their PC
join-ask-operator-control-unnamed = The operator of { $company } would like you to see and control their PC
join-ask-operator-control-means = Allow, and a button appears that opens the operator’s PC in a new tab.
join-ask-invite = { $operator } of { $company } asks to bring in another operator
join-ask-invite-unnamed = The operator of { $company } asks to bring in another operator
join-ask-invite-means = Allow, and the operator can invite another one. What you share stays as it is.
join-ask-second = { $operator } of { $company } would like to come in
join-ask-second-view = Allow, and they see what you share and can chat with you.
join-ask-second-hand-over = Allow, and they take over from your operator and go on.

join-second-there = { $name } also sees what you share.
join-second-comes = { $name } is coming in.
join-second-away = Send away

join-voice = Voice
join-voice-on = You can talk with the operator. Your microphone is on.
join-voice-muted = Your microphone is off.
join-voice-operator-muted = The operator’s microphone is off. Yours is on.
join-voice-held = The microphone is off while you pause.
join-voice-microphone-denied = Your browser does not let this page use the microphone. Allow it in the browser’s address bar, then end the voice and ask the operator to start again.
join-voice-microphone-none = No microphone was found. Plug one in, then choose it below.
join-voice-microphone-taken = The microphone is in use or does not work. Choose another one below.
join-voice-said = You
join-voice-heard = Operator
join-voice-mute = Mute
join-voice-unmute = Unmute
join-voice-end = End voice
join-voice-microphone = Microphone
join-voice-speaker = Speaker
join-voice-default = Chosen by the browser
join-microphone-on = Microphone on
join-microphone-off = Microphone off

join-operator-screen = Screen of { $operator }
join-operator-screen-unnamed = The operator’s screen
join-operator-screen-means = For viewing only. This is not your own screen.
join-operator-screen-held = The operator’s screen is hidden while you pause.
join-operator-screen-large = Full screen
join-operator-screen-stop = Stop viewing

join-operator-control = PC of { $operator }
join-operator-control-unnamed = The operator’s PC
join-operator-control-ready = Its screen appears there once the operator agrees on their PC. The button works once and for a short time.
join-operator-control-open = Open in a new tab
join-operator-control-leave = Don’t open
join-operator-control-opened = It is in the other tab. The support on this page goes on.
join-operator-control-end = Stop seeing it

join-bar = Connection
join-who = { $company } · { $operator }
join-now-watching = Sees the screen you share. Cannot control it.
join-now-connecting = Connecting to the operator.
join-now-paused = Sees nothing now.
join-now-held = Paused: sees nothing until you go on.
join-stop = Stop
join-pause = Pause
join-resume = Resume
join-server-away = The connection to the server is lost. Reconnecting; sharing goes on.
join-share-stopped = Sharing is paused. The operator cannot see your screen now.
join-share-again = Share again
join-part-change = Share something else
join-part-asked = The operator asks you to share another window or screen. You decide.
join-part-keep = Keep as it is

join-app = Let the operator control
join-app-why = If the operator needs to control this computer, use the customer program. The session goes on.
join-app-view = Share by the program
join-app-view-why = You can show your screen by the customer program. The session goes on.
join-app-asked = Preparing the program
join-app-title = Go on with the program
join-app-download = Download the program for { $os } ({ $megabytes } MB)
join-app-linux = Right-click the downloaded file, choose Properties > Permissions, turn on “Allow executing”, then double-click it.
join-app-linux-terminal = Or run this in a terminal.
join-app-run = Double-click the downloaded { $name } to run it.
join-app-confirm = Check the code in the window that opens and press Next. This page stops sharing by itself.
join-app-left = { $minutes } min { $seconds } s left
join-app-expired = The code for the program has expired.
join-app-missing = This server has no program for { $os }. You can show your screen by the browser only.

join-chat = Chat
join-message = Message
join-message-placeholder = Write to the operator
join-send = Send
join-chat-you = You
join-chat-waiting = Sending
join-chat-sent = Sent
join-chat-delivered = Delivered

join-ended-title = The session has ended
join-ended-unknown = The connection is closed.
join-ended-customer-stopped = You pressed Stop.
join-ended-customer-declined = You declined, so nothing was connected.
join-ended-operator-ended = The operator ended the session.
join-ended-lost = The connection was lost. Ask your operator for a new code.
join-ended-recording-refused = You did not agree to be recorded, and this company gives no support without it.
join-ended-expired = The connection code expired.
join-ended-server-failed = The server had a problem, so the session ended. Ask your operator for a new code.
join-ended-nothing-shared = Your screen is not shared any more.
join-ended-never-shared = Nothing of your screen was shared.

join-survey-title = How was the support?
join-survey-rating-5 = Very good
join-survey-rating-4 = Good
join-survey-rating-3 = Fair
join-survey-rating-2 = Poor
join-survey-rating-1 = Very poor
join-survey-comment = Comment (optional)
join-survey-limit = Up to { $max } characters. Now { $count }.
join-survey-send = Send
join-survey-sending = Sending
join-survey-skip = Skip
join-survey-thanks = Thank you for telling us.
join-copy-wish = I would like a copy of the recording
join-copy-wished = You asked for a copy of the recording. You get it after the session: on the last page, or from the company.
join-copy-ask = Get a copy of the recording
join-copy-asking = Asking
join-copy-about = This session was recorded. You can get a link to a copy, which works for 7 days.
join-copy-opened = This link leads to your copy. It works for 7 days.
join-copy-problem = The copy could not be asked for. Try again in a moment.
join-copy-problem-none = There is no copy of a recording. Ask the company that helped you.
join-copy-title = Copy of the recording
join-copy-whose = The recording of the remote support you had from { $service } ({ $company }).
join-copy-until = You can download it here until { $date }. Whoever knows this link can, so keep it to yourself.
join-copy-loading = Looking for the copy
join-copy-gone = This link leads to no copy of a recording. It is over, or the company no longer gives copies. Ask the company that helped you.
join-copy-unreachable = The server cannot be reached. Check your internet connection and try again.
join-copy-retry = Try again
join-copy-recording = Recording { $no }
join-copy-waiting = It waits for its turn. This page changes by itself.
join-copy-making = It is being made: { $percent } %
join-copy-ready = Ready, { $size }
join-copy-failed = This recording could not be made into a video file. Ask the company that helped you.
join-copy-save = Download video { $no }
join-copy-player = A WebM video: browsers such as Chrome and Edge play it.
join-receipt-save = Save receipt
join-receipt-file = Remote support receipt
join-receipt-text =
    Receipt of a remote support session

    { $service } ({ $company })
    Session: { $session }
    Ended: { $ended }
    Hash of the record: { $hash }
    Key of the server: { $key }

    With this receipt it can be shown later that the record of this session is the one that ended then, and that nothing in it was changed:
    beside-server record verify FILE --key { $key } --receipt { $hash }
join-survey-problem-no-rating = Choose one of the five.
join-survey-problem-too-long = The comment is too long. Shorten it to 1,000 characters.
join-survey-problem-characters-not-allowed = The comment has characters that cannot be used. Remove special control characters.
join-survey-problem-unreachable = The server cannot be reached, so nothing was sent. What you wrote is still here. Send it again in a moment.
join-survey-problem-rate-limited = There were too many requests, so nothing was sent. Send it again in a moment.
join-survey-problem-survey-unknown = There is no survey for this session, so nothing was sent.
join-survey-problem-survey-over = The time to answer is over, so nothing was sent.
join-survey-problem-survey-answered = You have answered already. Thank you.
join-survey-problem-other = Nothing was sent. What you wrote is still here. Send it again in a moment.

join-new-code = Enter another code
join-replaced-title = The program has taken over
join-replaced-text = The customer program goes on with the session, and this page no longer shares your screen.
join-replaced-close = You can close this page.
