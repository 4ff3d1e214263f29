# Pages that the server writes itself
server-web-missing-title = The pages were not built
server-web-missing = This server was built without its web pages. Build them in the folder web with "npm ci" and "npm run build", then build the server again.
server-not-found-title = There is no such page
server-not-found = Check the address, or the link that you were given. Your operator can send it again.
server-ca-title = Certificate of this server
server-ca = This server certifies itself by an authority of its own. Install the authority's certificate once, and your browser and the customer program trust this server without a warning. Compare the fingerprint with your administrator first.
server-ca-download = Download the certificate
server-ca-fingerprint = SHA-256 fingerprint
server-ca-windows = Windows: open the file, choose Install Certificate, Local Machine, and the store Trusted Root Certification Authorities.
server-ca-macos = macOS: open the file, add it to the System keychain, open it there, and under Trust choose Always Trust.
server-ca-linux = Linux, for programs: copy the file to /usr/local/share/ca-certificates with the ending .crt and run update-ca-certificates.
server-ca-chrome-linux = Chrome and Edge on Linux: Settings, Privacy and security, Security, Manage certificates, and there import it as an authority.
server-ca-firefox = Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import.
server-ca-none-title = No authority of its own
server-ca-none = This server uses a certificate from elsewhere, so there is nothing to install.

# Tables as files
sheet-on = On
sheet-off = Off
sheet-operators = Operators
sheet-operator-login = ID
sheet-operator-name = Operator name
sheet-operator-password = Password
sheet-operator-company-name = Company name
sheet-operator-department = Department
sheet-operator-phone = Phone
sheet-operator-email = E-mail
sheet-operator-mobile = Mobile / video support

# Files of records
server-records-sheet = Records
server-records-file = records
server-records-no = No
server-records-operator-login = Operator ID
server-records-operator-name = Operator name
server-records-department = Department
server-records-customer-name = Customer name
server-records-started = Started
server-records-ended = Ended
server-records-duration = Duration
server-records-customer-os = Customer OS
server-records-customer-os-version = Customer OS version
server-records-resolution = Resolution
server-records-resolution-unchecked = Unchecked
server-records-resolution-resolved = Resolved
server-records-resolution-unresolved = Unresolved
server-records-support-type = Support type
server-records-customer-address-public = Customer address (public)
server-records-customer-address-private = Customer address (private)
server-records-operator-address = Operator address (public)
server-records-operator-address-private = Operator address (private)
server-records-connection = Connection
server-records-connection-direct = Direct
server-records-connection-relayed = Relayed
server-records-connection-none = –
server-records-host-name = PC name
server-records-rating = Rating
server-records-memo = Memo

# Files of statistics
server-statistics = Statistics
server-statistics-by-month = By month
server-statistics-by-day = By day
server-statistics-by-hour = By hour
server-statistics-by-operator = By operator
server-statistics-by-duration = By duration
server-statistics-by-os = By customer OS
server-statistics-by-support-type = By support type
server-statistics-by-satisfaction = By satisfaction
server-statistics-column-month = Month
server-statistics-column-day = Day
server-statistics-column-hour = Hour
server-statistics-column-login = Operator ID
server-statistics-column-name = Operator name
server-statistics-column-length = Duration
server-statistics-column-os = Customer OS
server-statistics-column-support-type = Support type
server-statistics-column-supports = Sessions
server-statistics-column-share = Share
server-statistics-column-duration = Total time
server-statistics-column-average = Average time
server-statistics-column-before = Period before
server-statistics-column-difference = Difference
server-statistics-column-change = Change
server-statistics-column-rated-5 = 5 points
server-statistics-column-rated-4 = 4 points
server-statistics-column-rated-3 = 3 points
server-statistics-column-rated-2 = 2 points
server-statistics-column-rated-1 = 1 point
server-statistics-column-unrated = Not rated
server-statistics-total = Total
server-statistics-none = (none)
server-statistics-length-under = Under { $to } minutes
server-statistics-length = { $from } to under { $to } minutes
server-statistics-length-over = { $from } minutes and more

# Invitations of customers, in the customer's language
server-invitation-subject = { $service }: your remote support code { $code }
server-invitation-letter =
    Hello,

    { $company } invites you to a remote support session with { $service }.

    Open this page on the computer that needs help:
    { $link }

    Or open the page of your support and type this code: { $code }

    The code is good for { $minutes } minutes and once. Nobody sees your screen before you have agreed, and you can stop at any time.

    If you have not asked for help, ignore this message.
server-invitation-short = [{ $service }] Remote support code { $code } (good for { $minutes } min): { $link }
