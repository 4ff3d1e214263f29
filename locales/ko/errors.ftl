# 무엇이 잘못되었는지. 이름은 서버가 알리는 문제와 입력란의 코드입니다.
invalid-fields = 확인이 필요한 입력란이 있습니다.
invalid-body = 요청을 이해할 수 없습니다.
invalid-address = 주소가 올바르지 않습니다.
not-found = 삭제되었거나 주소가 잘못되었습니다.
method-not-allowed = 이 주소에서는 처리할 수 없는 요청입니다.
too-large = 요청이 너무 큽니다.
not-signed-in = 로그인해 주세요.
csrf-token = 페이지가 오래되었습니다. 새로 고쳐 주세요.
origin-not-allowed = 다른 사이트에서 온 요청은 받지 않습니다.
sign-in-failed = 회사, ID 또는 Password가 맞지 않습니다.
sign-in-locked = 로그인에 여러 번 실패했습니다. { $retry_after_s }초 후에 다시 시도해 주세요.
rate-limited = 시도가 너무 많습니다. { $retry_after_s }초 후에 다시 시도해 주세요.
activation-unknown = 이미 사용했거나 기한이 지난 링크입니다. 서버 담당자에게 새 링크를 요청해 주세요.
department-not-empty = 먼저 상담원 { $operators }명을 다른 부서로 옮겨야 합니다.
department-last = 부서는 하나 이상 있어야 합니다.
session-ended = 세션이 종료되었습니다.
sessions-full = 지금은 세션을 더 만들 수 없습니다. 다른 세션을 종료하거나 잠시 후 다시 시도해 주세요.
record-not-started = 아직 접속한 고객이 없어 지원기록이 없습니다.
session-not-waiting = 이미 고객이 접속하여 접속번호가 필요하지 않습니다.
internal = 서버에 문제가 생겼습니다. 반복되면 서버 담당자에게 다음 번호를 알려 주세요: { $incident }

# 입력란
required = 필수 입력 항목입니다.
too-long = { $max }자 이하로 입력해 주세요.
too-short = { $min }자 이상 입력해 주세요.
characters-not-allowed = 사용할 수 없는 문자가 있습니다.
taken = 이미 사용 중입니다.
login-characters = 영문자, 숫자, -, _ 만 사용할 수 있습니다.
password-lower = 영문 소문자를 넣어 주세요.
password-upper = 영문 대문자를 넣어 주세요.
password-digit = 숫자를 넣어 주세요.
password-confirm = 두 Password가 서로 다릅니다.
password-wrong = Password가 맞지 않습니다.
email-not-valid = 올바른 이메일 주소가 아닙니다.
phone-not-valid = 숫자와 + - ( ) 만 사용할 수 있습니다.
unknown-choice = 더 이상 선택할 수 없는 항목입니다.
given-twice = 두 번 입력되었습니다.
