# What went wrong. Names are the codes of the server's problems and their fields.
invalid-fields = Some fields need attention.
invalid-body = The request could not be understood.
invalid-address = The address is not valid.
not-found = It has been deleted, or the address is wrong.
method-not-allowed = This address does not take such a request.
too-large = The request is too large.
not-signed-in = Please sign in.
csrf-token = The page is out of date. Load it again.
origin-not-allowed = Requests from other sites are not accepted.
sign-in-failed = Company, ID or password is wrong.
sign-in-locked = Too many failed attempts. Try again in { $retry_after_s } s.
address-not-allowed = Signing in from this address ({ $address }) is not allowed. Sign in from an allowed one, or ask an administrator.
second-step-needed = Enter the six-digit code of your authenticator app.
second-step-wrong = This code is wrong or was used before. Enter a new one.
second-step-on = The second step is on already.
second-step-not-begun = Begin the second step first.
signed-in-elsewhere = You are already signed in at { $address }.
second-sign-in-refused = You cannot sign in: you are already signed in at { $address }. Sign out there, or ask an administrator.
administrator-self = You cannot remove yourself.
administrator-last = At least one administrator must remain.
exports-busy = Your company has several files on their way already. Wait until one is done, then try again.
rate-limited = Too many attempts. Try again in { $retry_after_s } s.
activation-unknown = This link was used already, or it is too old. Ask the server's owner for a new one.
changed-meanwhile = Another administrator has changed this meanwhile. Look at what changed, then save again.
token-unknown = This API token is not known.
token-expired = This API token has expired. Make a new one.
token-revoked = This API token was revoked.
token-scope = This API token may not do that: it needs { $scope }.
token-not-taken = API tokens cannot do this. Sign in as an administrator.
tokens-full = You can have { $max } working API tokens. Revoke one that you no longer use first.
department-not-empty =
    { $operators ->
        [one] 1 operator must move to another department first.
       *[other] { $operators } operators must move to another department first.
    }
department-last = At least one department must remain.
licence-ended = The company's licence has ended, so no new session can be started. Tell your administrator.
licence-full = The licence allows { $operators } operators. Delete one who is not needed, or ask the server's owner for more.
licence-mobile-full = The licence allows { $operators } operators with mobile / video support.
import-unreadable = This cannot be read as a CSV or XLSX file. Save it as XLSX, or as CSV in UTF-8, and choose it again.
import-no-login = There is no column “ID”. The first line must name the columns.
import-empty = There are no operators in the file.
import-too-large = At most { $rows } operators can be imported at once. Split the file.
logo-unreadable = Only a PNG, JPEG or WebP picture can be used.
session-ended = The session has ended.
sessions-full = No further session can be made now. End one, or try again in a moment.
record-not-started = No customer has joined yet, so there is no record.
record-running = The session still runs, so its record cannot be deleted. Try again when it has ended.
session-not-waiting = A customer has joined already, so the session needs no code.
internal = Something broke on the server. If it happens again, tell its owner this number: { $incident }

# Single fields
required = This field is required.
too-long = Use { $max } characters at most.
too-short = Use { $min } characters or more.
characters-not-allowed = This contains characters that are not allowed here.
taken = This is already in use.
login-characters = Use only letters A–Z, digits, - and _.
password-lower = Add a lower-case letter.
password-upper = Add an upper-case letter.
password-digit = Add a digit.
password-confirm = The two passwords are different.
password-wrong = The password is wrong.
code-wrong = This code is wrong or was used before.
email-not-valid = This is not a valid e-mail address.
phone-not-valid = Use only digits and + - ( ).
unknown-choice = This can no longer be chosen.
given-twice = This was given twice.
out-of-range = Enter a number from { $min } to { $max }.
too-many = No more than { $max } can be listed.
address-pattern = Enter an IP address (192.168.1.7), a range (192.168.1.*) or a CIDR (10.0.0.0/8, 2001:db8::/32).
locks-out = With this list you could not sign in from where you are now ({ $address }). Include that address.
web-address = Enter an address that begins with http:// or https://.
date-not-valid = Give a date such as 2026-01-31.
period-reversed = The last day is before the first.
period-too-long = A period has at most { $days } days.
operator-unknown = No operator has this ID.
