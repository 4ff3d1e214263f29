# The administrator site

## Sign-in (A-1 … A-6)
manage-sign-in-title = Administrator sign-in
manage-sign-in-again-title = Sign in again
manage-sign-in-again-about = What you typed here is kept, except passwords. It is discarded if anybody but { $login } signs in.
manage-sign-in = Sign in
manage-sign-out = Sign out
manage-company = Company
manage-id = ID
manage-password = Password
manage-password-confirm = Confirm password
manage-id-hint = 4 to 12 letters A–Z, digits, - or _
manage-password-hint = At least 8 characters with upper case, lower case and a digit
manage-sign-in-locked = Too many failed sign-ins. Try again in { $seconds } s.
manage-other-company-title = Signed in to another company
manage-other-company = You are signed in as an administrator of { $company }. This address belongs to another company.
manage-other-company-go = Go to my company

## Activating an administrator
manage-activation-title = Create the administrator account
manage-activation-lead = Enter your details as an administrator of this company. This link works once.
manage-activation-submit = Create account
manage-activation-done = The administrator account is ready. You can sign in now.
manage-activation-go = Go to sign-in
manage-activation-unknown-title = This link cannot be used
manage-activation-unknown = It was used already, or it has expired. Ask whoever sent it to you for a new one.
manage-name = Name

## Frame (B-1 … B-4)
manage-skip = Skip to content
manage-menu = Menu
manage-menu-support = Support
manage-menu-records = Records
manage-menu-statistics = Statistics
manage-menu-administrator = Administrator
manage-start-title = Start
manage-start-lead = Manage the remote support of { $company }. Choose what you want to do.
manage-item-departments = Departments
manage-item-departments-about = Make departments and set the default options of their operators.
manage-item-new-operator = New operator
manage-item-new-operator-about = Create an account for someone who gives remote support.
manage-item-operators = Operators
manage-item-operators-about = Find operators, see their state and change their options.
manage-item-support-types = Support types
manage-item-support-types-about = Manage the types that operators choose from when they write a record.
manage-item-downloads = Download centre
manage-item-downloads-about = Download the customer app, and check its version and SHA-256.
manage-item-all-records = All records
manage-item-all-records-about = See the records of all support sessions, newest first.
manage-item-by-month = By month
manage-item-by-month-about = Sessions and time spent, month by month.
manage-item-by-day = By day
manage-item-by-day-about = Sessions and time spent, day by day.
manage-item-by-hour = By hour
manage-item-by-hour-about = The hours of the day when most support is given.
manage-item-by-operator = By operator
manage-item-by-operator-about = Sessions and time spent by each operator.
manage-item-by-duration = By duration
manage-item-by-duration-about = How long sessions take.
manage-item-by-os = By customer OS
manage-item-by-os-about = Which operating systems customers use.
manage-item-by-support-type = By support type
manage-item-by-support-type-about = Which kinds of problem come up most.
manage-item-by-satisfaction = By satisfaction
manage-item-by-satisfaction-about = Customers’ ratings by support type.
manage-item-administrator = Edit administrator
manage-item-administrator-about = Change the company name, service name, contact details and password.
manage-item-settings = Settings
manage-item-settings-about = Allowed addresses, sign-in lock-out, automatic sign-out and other rules.
manage-item-usage-log = Usage log
manage-item-usage-log-about = See who changed what, and when.

## Texts of several pages
manage-actions = Actions
manage-rename = Click to rename
manage-created = “{ $name }” was created.
manage-deleted = “{ $name }” was deleted.
manage-saved = Saved.
manage-count-people = { $count }
manage-department = Department
manage-support-type = Support type

## Departments (C-1 … C-4)
manage-department-new = New department
manage-department-name = Department name
manage-department-operators = Operators
manage-departments-empty = There are no departments
manage-departments-empty-text = Make a department first; operators belong to one.
manage-department-delete-title = Delete department
manage-department-delete = The department “{ $name }” will be deleted. This cannot be undone.
manage-department-not-empty =
    { $operators ->
        [one] “{ $name }” still has 1 operator. Move that operator to another department first.
       *[other] “{ $name }” still has { $operators } operators. Move them to another department first.
    }
manage-department-last = At least one department must remain, so the last one cannot be deleted.

## Options (section 5)
manage-options = Options
manage-options-of = Options of { $name }
manage-department-options-lead = The defaults for the operators of this department. Each operator may differ; a change takes effect with the next session.
manage-operator-options-lead = Follows the defaults of “{ $department }”. Change only what should be different for this operator.
manage-options-save-as-excel = Save options as Excel
manage-options-reset = Use all department defaults
manage-options-features = Features
manage-options-behaviour = Behaviour
manage-options-mobile = Mobile features
manage-option-on = On
manage-option-off = Off
manage-option-default = Department default ({ $value })
manage-option-beaten = Has no effect while “{ $option }” is on.
manage-option-needs = Has an effect only with “{ $option }”.
manage-option-included = Part of “{ $option }”.
manage-option-later = Not yet in effect in a session
manage-option-no-mobile = This operator has no mobile / video support.
manage-phones-later = Phone support is not available yet.
manage-option-text-chat = Text chat
manage-option-text-chat-about = Exchange text with the customer; the chat is kept in the record.
manage-option-consent-before-connect = Customer’s consent before connecting
manage-option-consent-before-connect-about = The customer presses Agree after the operator has joined. When off, pressing Connect is the consent.
manage-option-auto-control = Control at the start
manage-option-auto-control-about = Control is on as soon as the session connects. When off, the operator turns it on.
manage-option-view-only = Operator cannot control
manage-option-view-only-about = The operator only sees the screen. Mouse and keyboard never reach the customer’s PC.
manage-option-partial-share = Share a part
manage-option-partial-share-about = Shares one rectangle, window or monitor. The rest is never sent.
manage-option-two-way-file-transfer = Two-way file transfer
manage-option-two-way-file-transfer-about = Shows both sides' files, and moves files and folders either way.
manage-option-auto-reconnect = Reconnect after reboot
manage-option-auto-reconnect-about = After the customer's PC reboots, the session goes on.
manage-option-send-url = Send URL
manage-option-send-url-about = Opens a web address in the customer's browser.
manage-option-system-info = System information
manage-option-system-info-about = Shows the customer's system, hardware, disks, network and installed programs.
manage-option-process-info = Processes
manage-option-process-info-about = Shows running programs and services, and can end them.
manage-option-screen-capture = Screen capture
manage-option-screen-capture-about = Keeps a picture of the customer's screen, also in the record.
manage-option-operator-screen-share = Show operator's screen
manage-option-operator-screen-share-about = Shows the operator's screen to the customer.
manage-option-favorites = Favourites
manage-option-favorites-about = Opens often used addresses, programs and folders on the customer's PC.
manage-option-drawing = Drawing
manage-option-drawing-about = Draws lines, shapes and text over the customer's screen.
manage-option-two-way-drawing = Two-way drawing
manage-option-two-way-drawing-about = The customer can draw, too.
manage-option-screen-recording = Screen recording
manage-option-screen-recording-about = Records the session's screen and voice, with a consent of its own.
manage-option-voice-chat = Voice
manage-option-voice-chat-about = Talks with the customer.
manage-option-operator-screen-control = Let customer control
manage-option-operator-screen-control-about = The customer can control the operator's screen.
manage-option-send-file = Send files
manage-option-send-file-about = Sends files to the customer's PC.
manage-option-fetch-file = Fetch files
manage-option-fetch-file-about = Fetches files from the customer's PC.
manage-option-invite-operator = Invite operator
manage-option-invite-operator-about = Brings another operator into the session, or hands it over.
manage-option-safe-mode-reconnect = Reconnect in safe mode
manage-option-safe-mode-reconnect-about = Reboots into safe mode, and the session goes on.
manage-option-mobile-support = Mobile / video support
manage-option-mobile-support-about = Supports phones and tablets, and by the phone's camera.
manage-option-forced-login = Forced sign-in
manage-option-forced-login-about = A second sign-in of the same operator may end the first. Without it, the second is refused.
manage-option-satisfaction-survey = Satisfaction survey
manage-option-satisfaction-survey-about = Asks the customer for a rating after the end.
manage-option-driver-mode = Fast capture
manage-option-driver-mode-about = Starts with the platform's fastest way of capture. Can be switched in the session.
manage-option-mouse-tracking = Follow the pointer
manage-option-mouse-tracking-about = The view follows the customer's pointer. Can be switched in the session.
manage-option-file-transfer-in-viewer = Files inside the viewer
manage-option-file-transfer-in-viewer-about = Opens the file manager inside the viewer, not in a window of its own.
manage-option-manual-reboot = Manual reboot
manage-option-manual-reboot-about = The customer reboots by hand; the app only prepares to come back.
manage-option-consent-before-invite = Consent before invite
manage-option-consent-before-invite-about = The customer agrees before an invited operator sees anything.
manage-option-clipboard-file-transfer = Copy and paste files
manage-option-clipboard-file-transfer-about = Text, pictures and files copied on one side are pasted on the other.
manage-option-remote-printer = Remote printer
manage-option-remote-printer-about = What is printed on the customer's PC comes out at the operator's printer.
manage-option-auto-new-session = Next session at once
manage-option-auto-new-session-about = When a session ends, the next code is ready.
manage-option-desktop-share = Share the desktop
manage-option-desktop-share-about = Shares the whole desktop at the start. Without it, the customer chooses first.
manage-option-auto-record = Record from the start
manage-option-auto-record-about = Recording starts with the session. Can be switched in the session.
manage-option-keep-uac = Keep User Account Control
manage-option-keep-uac-about = User Account Control stays as it is, and its prompts are answered. Without it, they are kept off the secure desktop for the session.
manage-option-always-relay = Always by the server
manage-option-always-relay-about = Never connects directly, always through the server's relay.
manage-option-mobile-view-only = View only
manage-option-mobile-view-only-about = The operator cannot control the device.
manage-option-mobile-file-transfer = Two-way file transfer
manage-option-mobile-file-transfer-about = Moves files either way.
manage-option-mobile-file-consent = Consent before files
manage-option-mobile-file-consent-about = The customer agrees to each transfer.
manage-option-app-share-consent = Consent to share an app
manage-option-app-share-consent-about = The customer is asked before an app's screen is shared.
manage-option-mobile-no-drawing = No drawing
manage-option-mobile-no-drawing-about = Drawing is off.
manage-option-start-maximized = Start maximised
manage-option-start-maximized-about = Opens the mobile viewer maximised.
manage-option-stretch-to-fill = Stretch to fill
manage-option-stretch-to-fill-about = The picture fills the viewer without keeping its aspect ratio.

## Operators (D-1 … D-5)
manage-operator = Operator
manage-operator-login = Operator ID
manage-operator-name = Operator name
manage-company-name = Company name
manage-phone = Phone
manage-email = E-mail
manage-operator-state = State
manage-operator-state-online = Online
manage-operator-state-offline = Offline
manage-operator-state-in_session = In a session
manage-operator-last-sign-in = Last sign-in
manage-operators-total =
    { $total ->
        [one] 1 operator
       *[other] { $total } operators
    }
manage-operators-empty = There are no operators
manage-operators-empty-text = Create the first one with “New operator”.
manage-operators-none-found = Nothing found
manage-operators-none-found-text = No operator matches “{ $searched }”. Search for something else, or show all.
manage-search-key = Search in
manage-search-text = Search for
manage-search = Search
manage-show-all = Show all
manage-confirm-title = Confirm as administrator
manage-administrator-password = Administrator password

## Support types (E-1, E-3)
manage-support-type-new = New support type
manage-support-type-name = Support type name
manage-support-types-empty = There are no support types
manage-support-types-empty-text = Operators choose from these when they write a record.
manage-support-type-delete-title = Delete support type
manage-support-type-delete = The support type “{ $name }” will be deleted. Records that use it stay as they are.

## Records (R-2, R-3)
manage-record = Record
manage-record-title = Record no. { $no }
manage-records-total =
    { $total ->
        [one] 1 record
       *[other] { $total } records
    }
manage-records-empty = There are no records
manage-records-empty-text = Every support session leaves its record here.
manage-records-total-more = { $total } or more records
manage-records-none-found = No record matches
manage-records-none-found-text = Widen the period, or take a filter off.
manage-search-one-letter = One letter finds only what begins with it; two or more find any part.
manage-search-period = Period
manage-search-from = From
manage-search-to = To
manage-search-backwards = The last day is before the first.
manage-search-reset = Reset
manage-search-filters = Filters
manage-search-remove = Take off { $filter }
manage-period-1d = Today
manage-period-3d = 3 days
manage-period-1w = 1 week
manage-period-1m = 1 month
manage-period-3m = 3 months
manage-period-6m = 6 months
manage-period-1y = 1 year
manage-record-key-operator-login = Operator ID
manage-record-key-operator-login-hint = How the ID begins
manage-record-key-operator-name = Operator name
manage-record-key-operator-name-hint = A part of the name
manage-record-key-customer-name = Customer name
manage-record-key-customer-name-hint = A part of the name
manage-record-key-department = Department
manage-record-key-support-type = Support type
manage-record-key-customer-os = Customer OS
manage-record-key-customer-os-hint = Windows 11, for example
manage-record-key-resolution = Resolution
manage-record-key-address = Address
manage-record-key-address-hint = 192.168. for example
manage-record-key-text = Memo, customer name
manage-record-key-text-hint = A part of the memo or the customer name
manage-page-first = First
manage-page-last = Last
manage-page-day = Go to date
manage-page-go = Go
manage-save-as-excel = Save as Excel
manage-save-as-csv = Save as CSV
manage-record-newer = Previous record
manage-record-older = Next record
manage-record-delete = Delete record
manage-record-delete-text = What record No. { $no } says is deleted for good and cannot be brought back. That it was there, and the statistics, stay.
manage-record-deleted = Record No. { $no } was deleted
manage-record-no = No
manage-record-customer = Customer name
manage-record-joined = Customer joined
manage-record-no-consent = The customer did not agree
manage-record-not-agreed = Not agreed
manage-record-started = Started
manage-record-ended = Ended
manage-record-still-running = Still running
manage-record-duration = Duration
manage-record-os = Customer OS
manage-record-end-reason = Why it ended
manage-resolution = Resolution
manage-resolution-unchecked = Unchecked
manage-resolution-resolved = Resolved
manage-resolution-unresolved = Unresolved
manage-record-overview = Session
manage-record-customer-side = Customer
manage-record-operator-address = Operator’s public IP
manage-record-operator-address-private = Operator’s private IP
manage-record-address-public = Customer’s public IP
manage-record-address-private = Customer’s private IP
manage-record-host-name = Computer name
manage-record-kind = Joined with
manage-kind-app = Customer app
manage-kind-browser = Browser
manage-record-connection = Connection
manage-connection-direct = Direct
manage-connection-relayed = Relayed (AP2P)
manage-connection-none = Not connected
manage-record-timeline = Timeline
manage-record-timeline-none = Nothing was kept.
manage-record-survey = Customer satisfaction survey
manage-rating = Rating
manage-record-survey-none = The customer has not answered.
manage-record-survey-rating = { $points } of 5 · { $words }
manage-record-survey-comment = Customer’s comment
manage-record-survey-at = Answered
manage-rating-5 = Very good
manage-rating-4 = Good
manage-rating-3 = Fair
manage-rating-2 = Poor
manage-rating-1 = Very poor
manage-record-chat = Chat
manage-record-chat-none = No chat in this session.
manage-record-chat-other-side = reported by the other side alone
manage-record-memo = Memo
manage-record-sealed = Sealed
manage-record-sealed-text = The record was sealed when it was closed, and again with each later entry. The customer’s receipt has the value at the end of the session. The proof file holds the whole record with its seals; “beside-server record verify” checks it on any computer.
manage-record-bundle = Save proof file
manage-author-server = Server
manage-author-operator = Operator
manage-author-customer = Customer
manage-end-customer-stopped = Stopped by the customer
manage-end-operator-ended = Ended by the operator
manage-end-customer-declined = Declined by the customer
manage-end-customer-lost = Connection to the customer lost
manage-end-operator-lost = Connection to the operator lost
manage-end-expired = Expired
manage-end-policy-refused = The customer app refused the policy
manage-end-unknown = Unknown
manage-end-administrator = Ended by an administrator
manage-end-server-failed = The server could not keep the record
manage-end-screen-depth = The customer’s screen has an unsupported colour depth
manage-end-screen-missing = The customer’s display server lacks an extension
manage-end-screen-size = The customer’s screen is too large
manage-end-screen-lost = The customer’s screen went away
manage-end-screen-failed = The customer’s screen could not be shared
manage-end-recording-refused = The customer did not agree to be recorded

## Download centre (H-1)
manage-downloads-empty = There is nothing to download
manage-downloads-empty-text = The customer app appears here once the person who runs the server has prepared it.
manage-downloads-apps = Customer app
manage-downloads-manuals = Manuals
manage-downloads-manuals-empty = There are no manuals
manage-downloads-manuals-empty-text = The server’s owner adds them with this command:
manage-downloads-fingerprint = Fingerprints of the server
manage-downloads-fingerprint-about = A customer app that was not prepared for this server shows this fingerprint and asks its customer to compare it.
manage-downloads-authority-about = The page /ca, from which browsers take the certificate of this server’s own authority, shows this fingerprint for comparison.
manage-download-file = File
manage-download-os = OS
manage-download-version = Version
manage-download-size = Size

## Usage log (G-3)
manage-usage-tab-access = Sign-in
manage-usage-tab-departments = Departments
manage-usage-tab-operators = Operators
manage-usage-tab-support-types = Support types
manage-usage-tab-records = Records
manage-usage-tab-statistics = Statistics
manage-usage-date = Date
manage-usage-account = Account
manage-usage-address = IP
manage-usage-activity = Activity
manage-usage-remark = Remarks
manage-usage-from = From
manage-usage-until = To
manage-usage-all = All
manage-usage-total =
    { $total ->
        [one] { $total } line
       *[other] { $total } lines
    }
manage-usage-total-more = { $total }+ lines
manage-usage-empty = No lines yet
manage-usage-empty-text = Whatever somebody does adds a line here, and no line can be changed or removed.
manage-usage-none-found = Nothing found
manage-usage-none-found-text = Change the period or the filters, or press Show all.
manage-usage-newest = Newest
manage-usage-newer = Newer
manage-usage-older = Older

## API tokens
manage-item-api-tokens = API tokens
manage-item-api-tokens-about = Make and revoke tokens that scripts use instead of signing in.
manage-item-api = API reference
manage-item-api-about = Look up the server’s API by address.
manage-api-tokens-lead = Scripts read records and statistics and manage departments, support types and options in your place. Accounts, passwords, allowed addresses and settings cannot be changed by a token.
manage-api-tokens-empty = No API tokens
manage-api-tokens-empty-text = Scripts send a token in the header Authorization: Bearer.
manage-api-token-new = New API token
manage-api-token-create = Create token
manage-api-token-name-hint = Say what the token is for.
manage-api-token-days = Valid for
manage-api-token-days-count = { $days } days
manage-api-token-scopes = Scopes
manage-api-token-no-scope = Choose at least one scope.
manage-api-token-state = State
manage-api-token-working = Working
manage-api-token-expired = Expired
manage-api-token-revoked = Revoked
manage-api-token-expires = Expires
manage-api-token-used = Last used
manage-api-token-never = Never used
manage-api-token-revoke = Revoke
manage-api-token-revoke-title = Revoke API token
manage-api-token-revoke-text = “{ $name }” is revoked. Scripts that use it stop working at once.
manage-api-token-revoke-done = “{ $name }” was revoked.
manage-api-token-made = The API token was created
manage-api-token-once = This value is shown only once. Keep it in a safe place.
manage-api-token-copy = Copy
manage-api-token-copied-yes = Copied.
manage-api-token-copied-failed = It could not be copied. Select the value and copy it yourself.
manage-scope-records-read = Read records
manage-scope-statistics-read = Read statistics
manage-scope-departments-read = Read departments
manage-scope-departments-write = Change departments
manage-scope-support-types-read = Read support types
manage-scope-support-types-write = Change support types
manage-scope-options-read = Read options
manage-scope-options-write = Change options
manage-scope-operators-read = Read operators
manage-scope-usage-log-read = Read the usage log

## API reference
manage-api-lead = Everything that scripts can do.
manage-api-search-hint = By address, name or scope.
manage-api-none-found = Nothing found
manage-api-who = Who may ask
manage-api-who-everybody = Everybody
manage-api-who-administrator = Signed-in administrator
manage-api-who-operator = Signed-in operator
manage-api-who-token = API token: { $scopes }
manage-api-parameters = Parameters
manage-api-body = Body
manage-api-answer =
    { $status ->
        [default] Refused
       *[other] Answer { $status }
    }
manage-api-required = required
manage-api-example = curl example

## One line of a timeline
manage-event-control-changed =
    { $on ->
        [yes] Control was turned on
       *[no] Control was turned off
    }
manage-event-refused = The customer app refused: { $what } ({ $count }×)
manage-event-unsupported = Not possible on the customer’s computer: { $what }
manage-event-tool-url-open = A web address was opened on the customer’s computer: { $what }
manage-event-tool-screen-capture = A still picture of the screen was taken
manage-event-capture-kept = Screen capture { $no } was kept in the record ({ $width_px } × { $height_px })
manage-event-recording-changed =
    { $on ->
        [yes] Recording started
       *[no] Recording stopped
    }
manage-event-recording-begun = Recording { $no } began
manage-event-recording-kept = Recording { $no } was kept in the record, with its digest
manage-event-recording-film = The video file of recording { $no } was kept, with its digest
manage-event-recording-copy-wished = The customer asked during the session for a copy of the recording
manage-event-recording-copy-given = { $by } made a link to a copy of the recording for the customer
manage-event-recording-copy-asked = The customer asked for a copy of the recording and got a link
manage-event-recording-copy-fetched = The customer downloaded the video file of recording { $no }
manage-event-recording-deleted = Recording { $no } was deleted by retention; its digest stays
manage-event-tool-favourite-open = A favourite was opened on the customer’s computer: { $what }
manage-event-tool-system-view = The operator looked at the system information
manage-event-tool-processes-view = The operator looked at the processes
manage-event-tool-process-end = A program was asked to end: { $what }
manage-event-tool-process-kill = A program was ended by force: { $what }
manage-event-tool-services-view = The operator looked at the services
manage-event-tool-service-start = A service was started: { $what }
manage-event-tool-service-stop = A service was stopped: { $what }
manage-event-tool-service-restart = A service was restarted: { $what }
manage-event-tool-drawing-begun = The operator began to draw on the customer’s screen
manage-event-tool-drawing-ended = The operator ended drawing
manage-event-tool-customer-drawing-begun = The customer began to draw as well
manage-event-tool-customer-drawing-ended = The customer ended drawing
manage-event-tool-not-done = Not done: { $name } { $what } ({ $problem })
manage-tool-name-url-open = open a web address
manage-tool-name-screen-capture = capture the screen
manage-tool-name-favourite-open = open a favourite
manage-tool-name-system-view = look at the system information
manage-tool-name-processes-view = look at the processes
manage-tool-name-process-end = ask a program to end
manage-tool-name-process-kill = end a program by force
manage-tool-name-services-view = look at the services
manage-tool-name-service-start = start a service
manage-tool-name-service-stop = stop a service
manage-tool-name-service-restart = restart a service
manage-tool-problem-unsupported = the system cannot do it
manage-tool-problem-unfinished = the connection ended before the outcome was known
manage-tool-problem-stopped = the support was stopped before
manage-tool-problem-launch-not-found = nothing of that name is there
manage-tool-problem-launch-not-allowed = the customer’s account may not open it
manage-tool-problem-launch-no-opener = nothing opens it
manage-tool-problem-launch-malformed = no such address is opened
manage-tool-problem-launch-failed = it ended with an error at once
manage-tool-problem-process-gone = it had ended already
manage-tool-problem-process-not-allowed = the customer’s account may not end it
manage-tool-problem-process-own = it belongs to the support or the desktop itself
manage-tool-problem-process-failed = the system did not end it
manage-tool-problem-service-unknown = there is no such service
manage-tool-problem-service-not-allowed = the customer’s account may not manage services
manage-tool-problem-service-slow = it took too long
manage-tool-problem-service-failed = the service failed
manage-event-display-changed = Screen size: { $width_px }×{ $height_px }
manage-event-part-shared = { $part ->
    [desktop] The customer shares the whole screen
    [monitor] The customer shares one monitor: { $name }
    [window] The customer shares one window: { $name }
   *[area] The customer shares a rectangle of the screen
}
manage-event-part-gone = { $part ->
    [window] The shared window was closed: { $name }
   *[monitor] The shared monitor is gone: { $name }
}
manage-event-part-asked = { $part ->
    [desktop] The operator asked to see the whole screen
    [monitor] The operator asked to see one monitor
    [window] The operator asked to see one window
    [area] The operator asked to see a rectangle of the screen
   *[any] The operator asked to see another part of the screen
}
manage-event-part-declined = The customer kept what is shared as it was
manage-event-sharing-started = Sharing started
manage-event-sharing-stopped = Sharing stopped
manage-event-right-asked = The operator asked for a right: { $right }
manage-event-right-allowed = The customer allowed what was asked for: { $right }
manage-event-right-refused = The customer did not allow what was asked for: { $right }
manage-event-right-withdrawn = The request for a right ended unanswered: { $right }
manage-event-right-given = The customer gave a right: { $right }
manage-event-right-taken-back = The customer took back a right: { $right }
manage-event-second-invited = { $name } ({ $department }) was invited. { $reason }
manage-event-second-accepted = { $name } accepted the invitation
manage-event-second-declined = { $name } declined the invitation
manage-event-second-withdrawn = The invitation of { $name } was withdrawn
manage-event-second-expired = The invitation of { $name } expired
manage-event-second-allowed = The customer agreed to the invited operator
manage-event-second-refused = The customer did not agree to the invited operator
manage-event-second-told = The customer was told that the invited operator comes in
manage-event-second-joined = { $name } came into the session
manage-event-second-left = { $name } left the session
manage-event-second-removed = { $name } was sent out of the session
manage-event-handed-over = The session was handed over to { $name } ({ $department })
manage-event-second-control-changed = { $on ->
    [yes] The second operator took control
   *[no] The second operator gave up control
}
manage-event-second-policy-signed = A policy was signed for the second operator
manage-event-paused = The customer paused everything but the chat
manage-event-resumed = The customer went on after the pause
manage-event-voice-started = The customer allowed voice, and it began
manage-event-voice-ended-by-operator = The operator ended the voice
manage-event-voice-ended-by-customer = The customer ended the voice
manage-event-voice-ended = The voice ended with the connection or the right
manage-event-voice-customer-muted = The customer turned their microphone off
manage-event-voice-customer-unmuted = The customer turned their microphone on again
manage-event-voice-operator-muted = The operator turned their microphone off
manage-event-voice-operator-unmuted = The operator turned their microphone on again
manage-event-operator-screen-started = The customer allowed it, and saw the operator’s screen
manage-event-operator-screen-ended-by-operator = The operator stopped showing their screen
manage-event-operator-screen-ended-by-customer = The customer stopped viewing the operator’s screen
manage-event-operator-screen-ended = The operator’s screen ended with the connection or the right
manage-event-operator-control-started = The customer saw the operator’s PC { $host_name }
manage-event-operator-control-ended-by-operator = The operator ended that the customer saw their PC
manage-event-operator-control-ended-by-customer = The customer stopped seeing the operator’s PC
manage-event-operator-control-ended = That the customer saw the operator’s PC ended with the session, a connection or the right
manage-right-view = see the screen
manage-right-control = control with mouse and keyboard
manage-right-invite = invite another operator
manage-right-chat = chat
manage-right-fetch-files = look at files and fetch them
manage-right-send-files = send files and change folders
manage-right-see-system = system information and processes
manage-right-end-processes = end programs, start and stop services
manage-right-open = open addresses, programs and folders
manage-right-capture-screen = keep still pictures of the screen
manage-right-draw = draw on the screen
manage-right-talk = talk
manage-right-operator-screen = show the operator’s screen
manage-right-operator-control = control of the operator’s PC by the customer
manage-right-record = record the session
manage-right-print = receive printed documents
manage-event-session-created = The session was created
manage-event-record-edited = The support record was written
manage-event-invitation-sent = The code was sent to { $to }
manage-event-invitation-failed = The code could not be sent to { $to } ({ $problem })
manage-event-survey-answered = The customer answered the survey: { $rating } of 5
manage-event-record-deleted = The record was deleted
manage-event-customer-joined =
    { $kind ->
        [app] The customer joined with the app
       *[browser] The customer joined with a browser
    }
manage-event-app-took-over = The customer app took over from the page
manage-event-customer-away = The customer’s signal was lost
manage-event-customer-returned = The customer came back
manage-event-operator-joined = The operator opened the session
manage-event-operator-left = The operator’s signal was lost
manage-event-consented =
    { $may_control ->
        [yes] The customer agreed to viewing and control
       *[no] The customer agreed to viewing
    }
manage-event-declined = The customer declined
manage-event-policy-signed =
    { $may_control ->
        [yes] A policy that allows control was signed
       *[no] A policy that allows viewing only was signed
    }
manage-event-events-refused = The record is full, so the session ends: nothing goes on that is not recorded
manage-event-report-malformed = A report that cannot be read
manage-event-ended = The session ended: { $reason }
manage-event-connected =
    { $relayed ->
        [yes] Connected through the server (relayed)
       *[no] Connected directly
    }

## What the customer app refused
manage-refused-input-view-only = input while control is forbidden
manage-refused-input-control-off = input while control was off
manage-refused-input-unavailable = input that the customer’s computer cannot take
manage-refused-input-paused = input while the customer was working
manage-refused-input-question-open = input while a question was open
manage-refused-own-window = input at the app’s own windows
manage-refused-question-open = input while a question was open
manage-refused-unknown-key = a key that the keyboard does not have
manage-refused-input-busy = input while too much of it waited
manage-refused-input-malformed = malformed input
manage-refused-control-forbidden = a request for control that is forbidden
manage-refused-recording-forbidden = a recording that is not allowed
manage-refused-chat-forbidden = chat that is not allowed
manage-refused-url-open-forbidden = opening an address, which is not allowed
manage-refused-screen-capture-forbidden = a capture of the screen, which is not allowed
manage-refused-favourite-open-forbidden = opening a favourite, which is not allowed
manage-refused-system-view-forbidden = a look at the system information, which is not allowed
manage-refused-processes-view-forbidden = a look at the processes, which is not allowed
manage-refused-process-end-forbidden = ending a program, which is not allowed
manage-refused-services-view-forbidden = a look at the services, which is not allowed
manage-refused-service-change-forbidden = changing a service, which is not allowed
manage-refused-input-outside-part = input outside of what is shared
manage-refused-part-ask-forbidden = asking for another part of the screen, which is not allowed
manage-refused-part-ask-malformed = a request for a part of the screen that could not be understood
manage-refused-part-ask-too-fast = requests for parts of the screen that came too fast
manage-refused-tool-too-fast = requests for tools that came too fast
manage-refused-tool-too-many = more tools at a time than there may be
manage-refused-tool-malformed = a request for a tool that could not be understood
manage-refused-right-forbidden = a request for a right that the policy does not offer
manage-refused-right-malformed = a request for a right that could not be understood
manage-refused-right-too-many = a request for a right while another one stood
manage-refused-right-too-fast = requests for rights that came too fast
manage-refused-right-paused = a request for a right during a pause
manage-refused-session-paused = input or control during a pause
manage-refused-tool-paused = a tool during a pause
manage-refused-files-paused = files during a pause
manage-refused-drawing-forbidden = drawing
manage-refused-drawing-too-fast = drawing that came too fast
manage-refused-drawing-too-often = taking up drawing too often
manage-refused-drawing-malformed = a drawing that could not be understood
manage-refused-drawing-out-of-order = a drawing out of order
manage-refused-drawing-full = more shapes than a screen holds
manage-refused-drawing-unsupported = drawing on a screen that cannot be drawn on
manage-refused-second-forbidden = a tool that is not a second operator’s
manage-refused-second-not-agreed = another operator without the customer’s leave
manage-refused-voice-forbidden = voice
manage-refused-voice-paused = a request to talk during the pause
manage-refused-voice-too-fast = requests to talk that came too often
manage-refused-voice-uninvited = voice that the customer had not allowed
manage-refused-operator-screen-forbidden = showing the operator’s screen
manage-refused-operator-screen-paused = a request to show the operator’s screen during the pause
manage-refused-capture-too-fast = the way of capture switched too often
manage-refused-operator-screen-too-fast = requests to show the operator’s screen that came too often
manage-refused-operator-screen-uninvited = an operator’s screen that the customer had not allowed
manage-refused-operator-screen-malformed = what was no picture of the operator’s screen
manage-refused-operator-control-forbidden = letting the customer control the operator’s PC
manage-refused-operator-control-paused = a request to let the customer control the operator’s PC during the pause
manage-refused-operator-control-too-fast = requests to let the customer control the operator’s PC that came too often
manage-refused-chat-malformed = a malformed chat message
manage-refused-chat-forged = chat in the customer’s name
manage-refused-chat-too-fast = chat that came too fast
manage-refused-message-too-long = a message that is too long
manage-refused-message-malformed = a malformed message
manage-refused-message-out-of-order = a message out of order
manage-refused-message-out-of-place = a message out of place
manage-refused-policy-forged = a forged policy
manage-refused-policy-view = a policy without the right to view
manage-refused-view-forbidden = a picture without the consent to be seen
manage-refused-operator-other = another operator
manage-refused-offer-before-consent = a connection before consent
manage-refused-offer-malformed = a malformed connection request
manage-refused-candidate-before-consent = connection details before consent
manage-refused-candidate-too-long = connection details that are too long
manage-refused-server-bad-message = a malformed server message
manage-refused-server-out-of-order = a server message out of order
manage-refused-event-without-room = lines that could not be kept
manage-refused-policy-expired = an expired policy
manage-refused-policy-feature = a policy that needs a feature this app does not know
manage-refused-policy-key = a policy signed with an unknown key
manage-refused-policy-malformed = a malformed policy
manage-refused-policy-other = a policy of another session
manage-refused-policy-peer = a peer other than the policy names
manage-refused-policy-replayed = a policy that was used before

## What the customer's computer lacks
manage-unsupported-input-no-display = no screen was found
manage-unsupported-input-no-xtest = the display server takes no input (no XTEST)
manage-unsupported-input-no-xinput = the display server has no XInput
manage-unsupported-input-no-xkb = the display server has no XKB
manage-unsupported-input-no-spare-keys = the keyboard has no spare keys for text
manage-unsupported-input-no-platform = the system cannot be controlled yet
manage-unsupported-operator-control-no-browser = no browser opened the page with the operator’s PC
manage-unsupported-input-display-lost = the screen went away
manage-unsupported-overlay-no-display = the screen cannot be drawn on
manage-unsupported-overlay-no-shape = the display server has no shaped windows
manage-unsupported-overlay-no-platform = the system’s screen cannot be drawn on yet
manage-unsupported-overlay-display-lost = drawing on the screen stopped working
manage-unsupported-voice-no-microphone = there is no microphone
manage-unsupported-voice-no-speaker = there is no speaker
manage-unsupported-voice-no-sound-server = there is no sound: no sound server runs
manage-unsupported-voice-no-platform = the system’s sound cannot be used yet
manage-unsupported-voice-microphone-denied = the browser does not let the page use the microphone
manage-unsupported-voice-microphone-taken = the microphone is in use or does not work
manage-unsupported-voice-no-codec = the voice’s codec could not be opened

## Settings (G-2)
manage-settings-access = Allowed access
manage-settings-administrator-addresses = Allowed addresses of administrators
manage-settings-operator-addresses = Allowed addresses of operators
manage-settings-every-address = Every address is allowed
manage-settings-address-of = Address for “{ $list }”
manage-settings-address-hint = For example 192.168.1.7, 192.168.1.*, 10.0.0.0/8, 2001:db8::/32
manage-settings-add-address = Add address
manage-settings-add-own = Add { $address }, where you are now
manage-settings-remove = Remove { $name }
manage-settings-confirm = You change settings of consequence, such as allowed addresses, sign-in rules, how long records are kept, time zone or favourites. Whoever is connected from an address that is not allowed is cut off at once. Enter your administrator password to go on.
manage-settings-sign-in = Sign-in
manage-settings-failures = Failed sign-ins allowed
manage-settings-lock = Lock-out time (seconds)
manage-settings-idle = Automatic sign-out after (seconds)
manage-settings-idle-hint = Who does nothing for so long is signed out, with a warning before.
manage-settings-sessions = Sessions and statistics
manage-settings-code = Connection code valid for (minutes)
manage-settings-time-zone = Time zone
manage-settings-statistics = A change of the time zone moves all statistics to it. With many records that takes a while, in which everything goes on.
manage-settings-retention = Retention
manage-settings-record-retention = Keep records for (days)
manage-settings-retention-none =
    { $days ->
        [one] With 1 day no record is deleted now.
       *[other] With { $days } days no record is deleted now.
    }
manage-settings-retention-some =
    With { $days ->
        [one] 1 day
       *[other] { $days } days
    } { $count ->
        [one] 1 record is
       *[other] { $count } records are
    } deleted; the oldest is of { $oldest }. Statistics remain.
manage-settings-recording-retention = Keep recordings for (days)
manage-settings-recording-copies = Give customers who ask a copy of the recording
manage-settings-recording-copies-hint = A customer who asks after the session gets a link that works for 7 days.
manage-settings-recording-limit = Space for recordings (GB)
manage-settings-for-ever = Empty: kept for ever.
manage-settings-no-limit = Empty: no limit.
manage-settings-continue = Go on with support when recording is refused
manage-settings-favourites = Favourites of the company
manage-settings-no-favourites = There are no favourites yet.
manage-settings-favourite = Favourite { $number }
manage-settings-favourite-name = Name
manage-settings-favourite-kind = Kind
manage-settings-favourite-target = Address or path
manage-settings-add-favourite = Add favourite
manage-favourite-url = URL
manage-favourite-program = Program
manage-favourite-folder = Folder
manage-favourite-url-example = https://
manage-favourite-program-example = notepad
manage-favourite-folder-example = ~/Documents
manage-changed-elsewhere = Another administrator has changed this page meanwhile. What you changed is still here; everything else now shows the newest values. Look at it, then save again.

## What was not saved
manage-export-refused = The file was not made
manage-unsaved-none = No unsaved changes
manage-unsaved-what = Not saved: { $names }
manage-unsaved-what-more = Not saved: { $names } and { $more } more
manage-unsaved-count = { $count } not saved
manage-unsaved-title = Leave without saving?
manage-unsaved = What you entered has not been saved. It is lost when you leave.
manage-unsaved-leave = Leave

## Licence (D-2)
manage-licence = Licence
manage-licence-perpetual = A perpetual licence: it does not end.
manage-licence-until = A licence by time: it holds until { $until }.
manage-licence-ends-soon = The licence ends on { $until }. Ask the server’s owner to renew it.
manage-licence-ended = The licence ended on { $until }: operators cannot start sessions. Records can still be read.
manage-licence-left = Can be created
manage-licence-left-of = { $left } (of { $total })
manage-licence-pc = PC
manage-licence-pc-mobile = PC + mobile
manage-licence-none-left = All { $total } operators exist. To create another, delete one who is not needed, or ask the server’s owner for more.

## Operators (D-3 … D-8)
manage-operator-mobile = Mobile / video support
manage-operator-address = Address (public / private)
manage-operator-address-public = Public address
manage-operator-address-local = Private address
manage-operator-address-hidden = – (the browser keeps it to itself)
manage-operator-address-untold = – (not told yet)
manage-operator-rights = Support rights
manage-operator-rights-pc = PC
manage-operator-rights-pc-mobile = PC, mobile
manage-operator-list = List
manage-operator-save = Save changes
manage-operator-confirm = The details and options of { $name } will be changed.
manage-operator-delete = Delete operator
manage-operator-delete-text = { $name } ({ $login }) will be deleted. Running sessions end, and this cannot be undone. Records and statistics remain.
manage-operator-second-step = Second step
manage-operator-second-step-on = On
manage-operator-second-step-off = Off
manage-operator-second-step-turn-off = Turn off
manage-operator-second-step-title = Turn the second step off
manage-operator-second-step-text = { $name } ({ $login }) signs in with the password alone until turning the second step on again. Do this when the phone with the codes is lost.
manage-operator-second-step-done = { $name } signs in without a second step.
manage-operator-sign-out = Sign out now
manage-operator-sign-out-text = { $name } will be signed out everywhere, and running sessions end.
manage-operator-signed-out = { $name } was signed out.
manage-password-keep = Leave it empty to keep the password.

## Operators from a file (D-8)
manage-operators-import = Import from a file
manage-import-lead = Creates or changes many operators at once, from a CSV or Excel file. You see every row before anything is saved.
manage-import-columns = The first line names the columns: ID, Operator name, Password, Company name, Department, Phone, E-mail, Mobile / video support. An ID that exists is changed; an empty cell leaves what is there.
manage-import-example = You can take the present operators as an Excel file, and edit that.
manage-import-choose = Choose file
manage-import-rows = Rows of the file
manage-import-line = Line
manage-import-effect = Effect
manage-import-create = Create
manage-import-update = Change
manage-import-nothing = No change
manage-import-no-department = There is no such department.
manage-import-refused = Cannot be imported
manage-import-counts = { $create } to create, { $update } to change, { $nothing } without change, { $bad } that cannot be imported
manage-import-bad =
    { $bad ->
        [one] 1 row cannot be imported and is left out.
       *[other] { $bad } rows cannot be imported and are left out.
    } You can also mend the file and choose it again.
manage-import-go =
    { $good ->
        [one] Import 1 operator
       *[other] Import { $good } operators
    }
manage-import-confirm = { $good } operators are created or changed. { $bad } rows are left out.
manage-import-running = Importing
manage-import-stop = Stop
manage-import-done = { $created } operators were created and { $updated } changed.
manage-import-stopped = Stopped. Until then { $created } operators were created and { $updated } changed.
manage-import-left =
    { $refused ->
        [one] 1 row was refused and left out; it is listed below.
       *[other] { $refused } rows were refused and left out; they are listed below.
    }
manage-import-again = Look at the refused rows again

## Order of support types (E-2)
manage-support-type-order-hint = Drag to change the order. With the keyboard, press Enter on ≡ and move with the arrows. Operators see this order, too.
manage-support-type-drag = Move “{ $name }”
manage-support-type-ordered = The order is saved.
manage-move-up = Move “{ $name }” up
manage-move-down = Move “{ $name }” down

## The customer’s page (O-4)
manage-item-branding = Customer’s page
manage-item-branding-about = Set logo and text of the page where customers type their code.
manage-branding-lead = Logo and text on the page where customers type their code. The service name is changed with the administrator’s details. What is saved holds at once.
manage-branding-logo = Logo
manage-branding-logo-about = A PNG, JPEG or WebP file, at most 256 KiB. It stands small beside the service name.
manage-branding-logo-too-large = The file is too large. A logo may have at most 256 KiB.
manage-branding-logo-choose = Choose logo
manage-branding-logo-remove = Remove logo
manage-branding-logo-late = Another administrator has changed the logo meanwhile. Theirs holds; “{ $file }” is still here.
manage-branding-logo-late-remove = Another administrator has changed the logo meanwhile. Theirs was not removed.
manage-branding-logo-over = Use my file instead
manage-branding-logo-remove-all-the-same = Remove it all the same
manage-branding-logo-leave = Keep theirs
manage-branding-text = Text
manage-branding-text-hint = What customers should know, such as your hours and telephone number, in up to 500 characters.
manage-branding-not-shown = There are several companies on this server, so customers see logo and text once their code is known: after typing it, or from the link that the operator sends.

## Administrator (G-1, G-4)
manage-service-name = Service name
manage-service-name-hint = The name that customers see. Empty: the company’s name.
manage-operators-left = Operators that can be created
manage-operators-left-of = { $left } (of { $total })
manage-password-change = Change of password
manage-password-change-about = Leave it empty to keep your password. A new one ends your sign-ins everywhere else. API tokens stay valid until they are revoked on their page.
manage-new-password = New password
manage-new-password-confirm = New password again
manage-present-password = Present password
manage-password-changed = The password is changed, and you are signed out everywhere else.
manage-administrators = Administrators
manage-administrators-more = Show more ({ $left } left)
manage-administrator-self = You
manage-administrator-remove = Remove
manage-administrator-remove-title = Remove an administrator
manage-administrator-remove-text = { $name } ({ $login }) will no longer be an administrator and is signed out at once. Enter your administrator password to go on.
manage-invitations = Invited administrators
manage-invited = Invited
manage-invited-by = by { $login }
manage-invited-until = valid until
manage-invite = Invite an administrator
manage-invite-text = Makes a link that can be used once within 7 days. Enter the person’s name and your administrator password.
manage-invite-make = Make the link
manage-invite-link = Invitation link
manage-invite-link-text = This link is shown this once. Copy it and pass it on safely.
manage-invite-withdraw = Withdraw the invitation
manage-invite-withdraw-text = { $name } can no longer use the invitation’s link.

# Statistics
manage-statistics-period = Period
manage-statistics-period-week = 1 week
manage-statistics-period-month = 1 month
manage-statistics-period-quarter = 3 months
manage-statistics-period-half = 6 months
manage-statistics-period-year = 1 year
manage-statistics-period-three-years = 3 years
manage-statistics-from = From
manage-statistics-to = To
manage-statistics-department = Department
manage-statistics-every-department = All departments
manage-statistics-every-operator = All
manage-statistics-show = Show
manage-statistics-excel = Save as Excel
manage-statistics-summary =
    { $period }: { $supports ->
        [one] 1 session
       *[other] { $supports } sessions
    }, { $duration } in all, { $average } on average
manage-statistics-summary-before = Period before ({ $period }): { $supports }, change { $change }
manage-statistics-counted = Counts sessions that the customer agreed to and that have ended, by the time of consent ({ $zone }).
manage-statistics-moving = Statistics are being moved to the new time zone ({ $zone }): { $percent }%. Until all have moved, some sessions still stand in days and hours of the time zone before. Each session counts once.
manage-statistics-chart = Bar chart, { $title }. The largest is { $largest } with { $supports }. Every figure stands in the table below.
manage-statistics-chart-part = The chart shows the first { $shown } of this page.
manage-statistics-column-by-month = Month
manage-statistics-column-by-day = Day
manage-statistics-column-by-hour = Hour
manage-statistics-column-by-operator = Operator ID
manage-statistics-column-by-duration = Duration
manage-statistics-column-by-os = Customer OS
manage-statistics-column-by-support-type = Support type
manage-statistics-column-by-satisfaction = Support type
manage-statistics-supports = Sessions
manage-statistics-share = Share
manage-statistics-duration = Total time
manage-statistics-average = Average time
manage-statistics-before = Period before
manage-statistics-compared = Change
manage-statistics-change = { $difference } ({ $percent })
manage-statistics-rated = { $rating } of 5
manage-statistics-unrated = Not rated
manage-statistics-rating = Average rating
manage-statistics-total = Total
manage-statistics-none = (none)
manage-statistics-length-under = Under { $to } minutes
manage-statistics-length = { $from } to under { $to } minutes
manage-statistics-length-over = { $from } minutes and more
manage-statistics-empty = No support in this period
manage-statistics-empty-text = Choose another period, or clear the department and the operator, and press Show.

## Files in records (F-02, F-16, F-17)
manage-event-file-started = { $to_customer ->
    [yes] Sending a file to the customer: { $path }
   *[no] Fetching a file from the customer: { $path }
}
manage-event-file-finished = { $to_customer ->
    [yes] File sent to the customer: { $path }
   *[no] File fetched from the customer: { $path }
}
manage-event-file-cancelled = { $to_customer ->
    [yes] Sending a file was cancelled: { $path }
   *[no] Fetching a file was cancelled: { $path }
}
manage-event-file-failed = { $to_customer ->
    [yes] A file was not sent ({ $why }): { $path }
   *[no] A file was not fetched ({ $why }): { $path }
}
manage-event-folder-made = Folder made on the customer’s computer: { $path }
manage-event-file-renamed = Renamed on the customer’s computer: { $path } to { $name }
manage-event-file-deleted = Deleted from the customer’s computer: { $path }
manage-event-file-deleted-in-part = Deleted in part from the customer’s computer: { $path }
manage-event-printer-on = The remote printer was added to the customer’s computer: { $name }
manage-event-printer-off = The remote printer was removed from the customer’s computer
manage-event-document-printed = A printed document was received: { $name } (pages: { $pages })
manage-event-document-lost = A printed document was discarded and not received: { $name }
manage-event-document-failed = A printed document was not received ({ $why }): { $name }
manage-event-capture-fast = The screen is captured the fast way (driver mode)
manage-event-capture-fast-no-shared-memory = The screen is captured the fast way (driver mode), without shared memory
manage-event-capture-plain = The screen is captured the compatible way
manage-event-capture-plain-no-damage = The screen is captured the compatible way, as the customer’s display does not say what changes
manage-why-files-print-forbidden = printing no longer allowed
manage-why-print-too-large = document too large
manage-why-print-too-many-pages = too many pages
manage-why-print-disk-full = customer’s disk full
manage-why-print-malformed = content not valid
manage-why-print-format = format not taken
manage-why-print-failed = printing failed
manage-refused-printer-forbidden = the remote printer
manage-refused-printer-paused = the remote printer during a pause
manage-refused-printer-too-fast = turning the remote printer on and off too often
manage-refused-files-print-forbidden = fetching printed documents
manage-unsupported-printer-no-cups = there is no printing system (CUPS)
manage-unsupported-printer-not-allowed = the printing system does not allow printers to be added
manage-unsupported-printer-failed = the remote printer could not be added
manage-unsupported-printer-no-platform = a remote printer on this system is not possible yet
manage-why-files-failed = disk error
manage-why-files-not-found = not there
manage-why-files-denied = no permission
manage-why-files-read-only = read-only disk
manage-why-files-disk-full = disk full
manage-why-files-too-large = too large
manage-why-files-exists = exists already
manage-why-files-is-folder = a folder stands there
manage-why-files-not-a-file = not an ordinary file
manage-why-files-not-a-folder = not a folder
manage-why-files-link = link in the way
manage-why-files-name-refused = name not possible
manage-why-files-unsupported = not supported
manage-why-files-changed = changed while it was read
manage-why-files-digest = arrived damaged
manage-why-files-truncated = less came than announced
manage-why-files-more-than-claimed = more came than announced
manage-why-files-too-fast = sent faster than agreed
manage-why-files-malformed = message not valid
manage-why-files-connection-lost = connection lost
manage-why-files-send-forbidden = sending no longer allowed
manage-why-files-fetch-forbidden = fetching no longer allowed
manage-why-files-folder-forbidden = sending to this folder no longer allowed
manage-why-files-own-disk-full = operator’s disk full
manage-why-files-own-denied = operator’s folder not usable
manage-why-files-own-changed = operator’s file changed
manage-why-files-own-name = name not possible on the operator’s side
manage-why-files-own-failed = operator’s browser could not read or write
manage-refused-files-forbidden = files
manage-refused-files-browse-forbidden = looking at the customer’s folders
manage-refused-files-send-forbidden = sending files
manage-refused-files-fetch-forbidden = fetching files
manage-refused-files-change-forbidden = changing the customer’s folders
manage-refused-files-folder-forbidden = sending files outside the Downloads folder
manage-refused-files-malformed = a malformed message about files
manage-refused-files-too-fast = messages about files that came too fast
manage-refused-files-more-than-claimed = more of a file than announced
manage-record-files = Files moved
manage-record-files-to-customer = To the customer
manage-record-files-from-customer = From the customer
manage-recordings = Screen recording
manage-recording-no = Recording { $no }
manage-recording-running = Being recorded
manage-why-recording-stopped = Complete
manage-why-recording-full = Ended: the company’s room is used up
manage-why-recording-lost = Ended: the connection was lost
manage-why-recording-failed = Ended: the server did not take more
manage-recording-play = Play recording { $no }
manage-recording-close = Close recording { $no }
manage-recording-save = Save file
manage-recording-digest = Digest of the recording, as it stands in the record’s chain
manage-recording-copy = Copy for the customer
manage-recording-copy-wished = The customer asked for a copy during the session.
manage-recording-copy-link = Make link for the customer
manage-recording-copy-means = Send this link to the customer. It works for 7 days and is shown only now; a link that was given before no longer works.
manage-recording-film = Video file (WebM)
manage-recording-film-waiting = Waiting for its turn
manage-recording-film-making = Being made, { $percent } %
manage-recording-film-failed = Could not be made: { $why }
manage-recording-film-save = Save video { $no }
manage-recording-film-again = Make video { $no } again
manage-recording-film-digest = SHA-256 of the video file, as it stands in the record’s chain
manage-why-film-empty = nothing is to be seen in the recording
manage-why-film-too-large = the screen is larger than any video that players know
manage-why-film-codec = WebM does not take the video of the customer’s browser. Play the recording here, or save its own file
manage-why-film-full = your company’s room for recordings is used up. Raise the limit or delete old records, then make it again
manage-why-film-unreadable = the recording’s files on the server are missing or damaged
manage-why-film-fell-over = the server stopped several times while it was made
manage-why-film-failed = something went wrong on the server. Make it again; if that does not help, ask your server’s operator
manage-recording-loading = Loading the player
manage-recording-picture = Recorded screen
manage-recording-failed = The recording cannot be played. Load the page again; if that does not help, save the file and ask your server’s operator.
manage-recording-unknown-codec = This browser cannot show { $codec } video. Open the page in the newest Chrome, Edge or Firefox, or save the video file and play it with another program.
manage-recording-controls = Playback
manage-recording-start = Play
manage-recording-pause = Pause
manage-recording-position = Position
manage-recording-time = { $at } of { $length }
manage-recording-speed = Speed
manage-recording-mute = Mute
manage-recording-unmute = Unmute
manage-recording-volume = Volume
manage-recording-volume-now = { $percent } %
manage-recording-search = Search in this recording
manage-recording-search-hint = A chat word, a file name or anything that happened. Press a line to jump there.
manage-recording-search-none = Nothing in this recording matches. Try another word.

manage-event-clipboard = { $to_customer ->
    [yes] Clipboard, operator → customer
   *[no] Clipboard, customer → operator
    }: { $kind ->
    [text] text
    [picture] picture
   *[files] { $count } files ({ $names })
    }, { $size_bytes } bytes
manage-event-reboot-asked = The operator asked for a restart
manage-event-reboot-refused = The customer did not allow the restart
manage-event-reboot-begun = The customer agreed, and the restart began
manage-event-reboot-by-hand = Prepared for a restart by the customer’s hand
manage-event-reboot-cancelled = Restart called off
manage-event-reboot-failed = Restart failed: { $problem }
manage-event-reboot-returned = Back in the same session after the restart
manage-right-clipboard = share the clipboard
manage-right-reboot = ask for a restart
manage-refused-clipboard-forbidden = clipboard without the right
manage-refused-clipboard-paused = clipboard during the pause
manage-refused-clipboard-too-large = clipboard over the limit
manage-refused-clipboard-too-fast = clipboard too fast
manage-refused-clipboard-too-many = clipboard too often
manage-refused-clipboard-malformed = clipboard that does not read
manage-refused-clipboard-copied-too-fast = copies of the customer’s that came too fast
manage-refused-clipboard-no-files = clipboard without files that have come
manage-refused-reboot-forbidden = restart without the right
manage-refused-reboot-paused = restart during the pause
manage-refused-reboot-too-fast = restart too fast, or beside another question
manage-refused-reboot-malformed = restart that does not read
manage-unsupported-clipboard-no-display = no screen for the clipboard
manage-unsupported-clipboard-no-xfixes = no XFixes for the clipboard
manage-unsupported-clipboard-no-platform = a system whose clipboard cannot be used yet
manage-unsupported-clipboard-display-lost = the screen is gone, and the clipboard with it
manage-unsupported-safe-mode-reconnect = restart into safe mode, which is of Windows
manage-unsupported-keep-uac = User Account Control, which is of Windows
manage-unsupported-always-relay = always by the server, which is not in effect yet
manage-reboot-reboot-not-allowed = not allowed to this user
manage-reboot-reboot-inhibited = held up by a program
manage-reboot-reboot-not-prepared = the way back could not be saved
manage-reboot-reboot-failed = the system did not answer
manage-reboot-unsupported = not possible on this system
