# Texts that every page uses
shared-language = Language
shared-save = Save
shared-cancel = Cancel
shared-delete = Delete
shared-close = Close
shared-retry = Try again
shared-loading = Loading
shared-none = –
shared-error-title = This could not be loaded
shared-error-signed-out = Your sign-in had ended, and this was not done. Please try again.
shared-error-unreachable = The server cannot be reached. Check the network and try again.
shared-error-unexpected = The request could not be completed. Try again in a moment.
shared-error-forbidden-title = No permission
shared-error-forbidden = You do not have permission to see this page. Ask your administrator.
shared-error-not-found-title = Not found
shared-error-not-found = It has been deleted, or the address is wrong.
shared-field-invalid = Check this value.
shared-select-placeholder = Choose
shared-page-previous = Previous
shared-page-next = Next
shared-pages = Pages
shared-duration-seconds = { $seconds } s
shared-duration-minutes = { $minutes } min { $seconds } s
shared-duration-hours = { $hours } h { $minutes } min { $seconds } s
shared-rule-required = This field is required.
shared-rule-too-long = Use 60 characters at most.
shared-rule-login-length = Use 4 to 12 characters.
shared-rule-login-characters = Use only letters A–Z, digits, - and _.
shared-rule-password-length = Use 8 to 128 characters.
shared-rule-password-lower = Add a lower-case letter.
shared-rule-password-upper = Add an upper-case letter.
shared-rule-password-digit = Add a digit.
shared-rule-password-confirm = The two passwords are different.
shared-rule-email = This is not a valid e-mail address.
shared-rule-phone = Use only digits and + - ( ).

## The end of a sign-in (A-3, A-5)
shared-sign-in-failed = ID or password is wrong.
shared-idle-title = Automatic sign-out
shared-idle-text = Nothing was done here for a while. You will be signed out in { $seconds } s.
shared-idle-stay = Stay signed in
shared-signed-out-idle =
    { $minutes ->
        [one] You were signed out after 1 minute without activity. Sign in again to go on where you were.
       *[other] You were signed out after { $minutes } minutes without activity. Sign in again to go on where you were.
    }
shared-signed-out = Your sign-in has ended. Sign in again to go on where you were.
shared-progress = { $done } of { $total }

## Own sign-ins and the second step (A-6)
shared-copy = Copy
shared-copied = Copied.
shared-not-copied = This could not be copied. Select and copy it by hand.
shared-own-title = Where you are signed in
shared-own-this = This browser
shared-own-last-seen = last used
shared-own-end = Sign out everywhere
shared-own-end-text = Signs this account out wherever it is signed in, in this browser too.
shared-own-password = Password
shared-step-title = Second step
shared-step-about = Sign-in asks for a code of an authenticator app beside the password.
shared-step-is-on = On
shared-step-left =
    { $count ->
        [one] 1 recovery code left
       *[other] { $count } recovery codes left
    }
shared-step-on = Turn the second step on
shared-step-on-text = Have a phone with an authenticator app (Google Authenticator, Microsoft Authenticator or another) at hand, and enter your password.
shared-step-next = Next
shared-step-scan = Scan the QR code with the app, then enter the six digits that it shows.
shared-step-qr = QR code for the authenticator app
shared-step-secret = If it cannot be scanned, enter this key in the app:
shared-step-confirm = Confirm
shared-step-code = Code
shared-step-code-hint = Six digits of the authenticator app, or a recovery code
shared-step-back = Start sign-in again
shared-step-codes = Recovery codes
shared-step-codes-text = Each of them stands in once for the app’s code when the phone is not at hand. They are shown this once: keep them in a safe place.
shared-step-download = Save as a file
shared-step-kept = I have kept them
shared-step-off = Turn the second step off
shared-step-off-text = From now on the password alone signs you in. The recovery codes are gone, too.

## Screen captures in a record (F-08)
shared-captures = Screen captures
shared-capture-no = Capture { $no }
shared-capture-alt = Screen capture { $no }, { $size }
shared-capture-failed = Not readable: { $alt }
shared-capture-download = Download
