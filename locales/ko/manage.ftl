# 관리자 사이트

## 로그인 (A-1 … A-6)
manage-sign-in-title = 관리자 로그인
manage-sign-in = 로그인
manage-sign-out = 로그아웃
manage-company = 회사
manage-id = ID
manage-password = Password
manage-password-confirm = Password 확인
manage-id-hint = 영문, 숫자, -, _ 로 4~12자
manage-password-hint = 영문 대문자·소문자·숫자를 섞어 8자 이상
manage-sign-in-locked = 로그인에 여러 번 실패했습니다. { $seconds }초 후에 다시 시도하세요.
manage-other-company-title = 다른 회사로 로그인되어 있습니다
manage-other-company = 현재 { $company } 관리자로 로그인되어 있습니다. 이 주소는 다른 회사의 주소입니다.
manage-other-company-go = 내 회사로 이동

## 관리자 활성화
manage-activation-title = 관리자 계정 만들기
manage-activation-lead = 이 회사의 첫 관리자로 사용할 정보를 입력하세요. 이 링크는 한 번만 사용할 수 있습니다.
manage-activation-submit = 계정 만들기
manage-activation-done = 관리자 계정을 만들었습니다. 이제 로그인할 수 있습니다.
manage-activation-go = 로그인하러 가기
manage-activation-unknown-title = 사용할 수 없는 링크입니다
manage-activation-unknown = 이미 사용했거나 기한이 지난 링크입니다. 서버 운영자에게 새 링크를 요청하세요.
manage-name = 이름

## 틀 (B-1 … B-4)
manage-skip = 본문으로 이동
manage-menu = 메뉴
manage-menu-support = 원격지원관리
manage-menu-records = 지원기록보기
manage-menu-statistics = 통계보기
manage-menu-administrator = 관리자정보
manage-not-yet = 아직 제공되지 않는 화면입니다.
manage-not-yet-tag = 준비 중
manage-start-title = 시작 화면
manage-start-lead = { $company }의 원격지원을 관리합니다. 아래에서 할 일을 고르세요.
manage-item-departments = 부서관리
manage-item-departments-about = 부서를 만들고, 부서 상담원에게 적용할 기본 옵션을 정합니다.
manage-item-new-operator = 상담원 생성
manage-item-new-operator-about = 원격지원을 할 상담원 계정을 새로 만듭니다.
manage-item-operators = 상담원 관리
manage-item-operators-about = 상담원을 찾아 상태를 보고, 상담원별 옵션을 바꿉니다.
manage-item-support-types = 상담유형 관리
manage-item-support-types-about = 지원기록을 작성할 때 고를 상담유형을 관리합니다.
manage-item-downloads = 다운로드 센터
manage-item-downloads-about = 고객 프로그램을 내려받고 버전과 SHA-256을 확인합니다.
manage-item-all-records = 전체기록보기
manage-item-all-records-about = 모든 원격지원의 기록을 최신순으로 봅니다.
manage-item-by-month = 월별
manage-item-by-month-about = 달마다 지원한 건수와 시간을 봅니다.
manage-item-by-day = 일별
manage-item-by-day-about = 날마다 지원한 건수와 시간을 봅니다.
manage-item-by-hour = 시간대별
manage-item-by-hour-about = 하루 중 지원이 몰리는 시간대를 봅니다.
manage-item-by-operator = 상담원별
manage-item-by-operator-about = 상담원마다 지원한 건수와 시간을 봅니다.
manage-item-by-duration = 상담시간별
manage-item-by-duration-about = 지원에 걸린 시간의 분포를 봅니다.
manage-item-by-os = 고객OS별
manage-item-by-os-about = 고객이 사용하는 OS의 비율을 봅니다.
manage-item-by-support-type = 상담유형별
manage-item-by-support-type-about = 어떤 유형의 상담이 많은지 봅니다.
manage-item-by-satisfaction = 고객만족도별
manage-item-by-satisfaction-about = 상담유형별 고객 만족도를 봅니다.
manage-item-administrator = 관리자정보 수정
manage-item-administrator-about = 회사이름, 서비스이름, 연락처와 Password를 바꿉니다.
manage-item-settings = 설정
manage-item-settings-about = 허용 IP, 로그인 차단, 자동 로그아웃 같은 정책을 정합니다.
manage-item-usage-log = 사용기록
manage-item-usage-log-about = 누가 언제 무엇을 바꾸었는지 확인합니다.

## 여러 화면이 함께 쓰는 글
manage-actions = 관리
manage-rename = 클릭하면 이름을 바꿀 수 있습니다
manage-created = ‘{ $name }’ 항목을 만들었습니다.
manage-deleted = ‘{ $name }’ 항목을 삭제했습니다.
manage-saved = 저장했습니다.
manage-count-people = { $count }명
manage-department = 소속부서
manage-support-type = 상담유형

## 부서관리 (C-1 … C-4)
manage-department-new = 새 부서 생성
manage-department-name = 부서 이름
manage-department-operators = 상담원 수
manage-departments-empty = 부서가 없습니다
manage-departments-empty-text = 부서를 먼저 만들어야 상담원을 만들 수 있습니다.
manage-department-delete-title = 부서 삭제
manage-department-delete = ‘{ $name }’ 부서를 삭제합니다. 삭제한 부서는 되돌릴 수 없습니다.
manage-department-not-empty = ‘{ $name }’ 부서에 상담원 { $operators }명이 있습니다. 상담원을 먼저 다른 부서로 옮겨야 삭제할 수 있습니다.
manage-department-last = 부서는 하나 이상 있어야 하므로 마지막 부서는 삭제할 수 없습니다.

## 옵션 (5장)
manage-options = 옵션관리
manage-options-of = { $name } 옵션관리
manage-department-options-lead = 이 부서의 상담원에게 적용되는 기본값입니다. 상담원별로 다르게 정할 수 있으며, 바뀐 값은 다음 세션부터 적용됩니다.
manage-operator-options-lead = ‘{ $department }’ 부서의 기본값을 따르며, 필요한 옵션만 이 상담원에 맞게 바꿀 수 있습니다.
manage-options-reset = 모두 부서 기본값으로
manage-options-features = 기능옵션
manage-options-behaviour = 설정옵션
manage-options-mobile = 모바일 기능옵션
manage-option-on = 사용
manage-option-off = 사용안함
manage-option-default = 부서 기본값 ({ $value })
manage-option-beaten = ‘{ $option }’ 옵션을 사용하는 동안에는 적용되지 않습니다.
manage-option-text-chat = 문자 채팅
manage-option-text-chat-about = 고객과 글로 대화하고, 대화 내용을 지원기록에 남깁니다.
manage-option-consent-before-connect = 접속전 고객동의
manage-option-consent-before-connect-about = 상담원이 들어온 뒤 고객이 ‘동의’를 눌러야 시작합니다. 사용하지 않으면 고객이 ‘연결’을 누르는 것이 동의입니다.
manage-option-auto-control = 접속시 자동제어모드
manage-option-auto-control-about = 연결되면 바로 제어를 시작합니다. 사용하지 않으면 상담원이 제어를 켜야 합니다.
manage-option-view-only = 상담원 제어 불가
manage-option-view-only-about = 상담원은 화면만 볼 수 있고, 마우스와 키보드 입력은 고객 PC에 적용되지 않습니다.

## 상담원 (D-1 … D-5)
manage-operator = 상담원
manage-operator-login = 상담원 ID
manage-operator-name = 상담원 이름
manage-company-name = 회사이름
manage-phone = 전화번호
manage-email = 이메일
manage-operator-state = 상태
manage-operator-state-online = 온라인
manage-operator-state-offline = 오프라인
manage-operator-state-in_session = 상담중
manage-operator-last-sign-in = 최근 접속 시간
manage-operators-total = 상담원 { $total }명
manage-operators-empty = 상담원이 없습니다
manage-operators-empty-text = ‘상담원 생성’에서 첫 상담원을 만드세요.
manage-operators-none-found = 검색 결과가 없습니다
manage-operators-none-found-text = ‘{ $searched }’에 해당하는 상담원이 없습니다. 검색어를 바꾸거나 전체보기를 누르세요.
manage-search-key = 검색 키
manage-search-text = 검색어
manage-search = 검색
manage-show-all = 전체보기
manage-confirm-title = 관리자 확인
manage-confirm-lead = 옵션 { $count }개를 바꿉니다. 계속하려면 관리자 Password를 입력하세요.
manage-administrator-password = 관리자 Password

## 상담유형 관리 (E-1, E-3)
manage-support-type-new = 새 상담유형 생성
manage-support-type-name = 상담유형 이름
manage-support-types-empty = 상담유형이 없습니다
manage-support-types-empty-text = 상담유형을 만들면 상담원이 지원기록을 작성할 때 고를 수 있습니다.
manage-support-type-delete-title = 상담유형 삭제
manage-support-type-delete = ‘{ $name }’ 상담유형을 삭제합니다. 이 유형으로 작성된 지원기록은 그대로 남습니다.

## 지원기록보기 (R-2, R-3)
manage-record = 지원기록
manage-record-title = 지원기록 No. { $no }
manage-records-total = 지원기록 { $total }건
manage-records-empty = 지원기록이 없습니다
manage-records-empty-text = 상담원이 원격지원을 시작하면 기록이 여기에 쌓입니다.
manage-record-no = No
manage-record-customer = 고객 이름
manage-record-joined = 고객 접속 시각
manage-record-no-consent = 고객이 동의하지 않음
manage-record-started = 시작 시각
manage-record-ended = 종료 시각
manage-record-still-running = 진행 중
manage-record-duration = 시간
manage-record-os = 고객 OS
manage-record-end-reason = 종료 사유
manage-resolution = 해결 여부
manage-resolution-unchecked = 미체크
manage-resolution-resolved = 해결
manage-resolution-unresolved = 미해결
manage-record-overview = 상담 정보
manage-record-customer-side = 고객 정보
manage-record-operator-address = 상담원 IP (공인)
manage-record-address-public = 고객 IP (공인)
manage-record-address-private = 고객 IP (사설)
manage-record-host-name = PC 이름
manage-record-kind = 접속 방법
manage-kind-app = 고객 프로그램
manage-kind-browser = 브라우저
manage-record-connection = 연결 방식
manage-connection-direct = 직접 연결
manage-connection-relayed = 중계 (AP2P)
manage-connection-none = 연결되지 않음
manage-record-timeline = 진행 내역
manage-record-timeline-none = 남은 내역이 없습니다.
manage-record-chat = 채팅
manage-record-chat-none = 주고받은 채팅이 없습니다.
manage-record-chat-other-side = 상대편의 기록에만 있음
manage-record-memo = 메모
manage-record-sealed = 봉인됨
manage-record-sealed-text = 기록이 끝난 뒤 봉인되었습니다. 아래 값을 따로 보관하면 기록이 바뀌지 않았음을 나중에 확인할 수 있습니다.
manage-author-server = 서버
manage-author-operator = 상담원
manage-author-customer = 고객
manage-end-customer-stopped = 고객이 중지함
manage-end-operator-ended = 상담원이 종료함
manage-end-customer-declined = 고객이 거절함
manage-end-customer-lost = 고객과의 연결이 끊김
manage-end-operator-lost = 상담원과의 연결이 끊김
manage-end-expired = 유효 시간이 지남
manage-end-policy-refused = 고객 프로그램이 정책을 거부함
manage-end-unknown = 알 수 없음
manage-end-administrator = 관리자가 종료함
manage-end-server-failed = 서버가 기록을 저장하지 못함
manage-end-screen-depth = 고객 화면의 색 깊이를 지원하지 않음
manage-end-screen-missing = 고객의 디스플레이 서버에 필요한 확장이 없음
manage-end-screen-size = 고객 화면이 너무 큼
manage-end-screen-lost = 고객의 화면이 사라짐
manage-end-screen-failed = 고객의 화면을 공유하지 못함

## 다운로드 센터 (H-1)
manage-downloads-empty = 내려받을 파일이 없습니다
manage-downloads-empty-text = 서버 운영자가 고객 프로그램을 준비하면 여기에 나타납니다.
manage-download-file = 파일
manage-download-os = OS
manage-download-version = 버전
manage-download-size = 크기

## 진행 내역의 한 줄
manage-event-control-changed =
    { $on ->
        [yes] 원격 제어를 켰습니다
       *[no] 원격 제어를 껐습니다
    }
manage-event-refused = 고객 프로그램이 요청을 거부했습니다: { $what } ({ $count }회)
manage-event-unsupported = 제어할 수 없었습니다: { $what }
manage-event-display-changed = 화면 크기: { $width_px }×{ $height_px }
manage-event-sharing-started = 화면 공유를 시작했습니다
manage-event-sharing-stopped = 화면 공유를 멈췄습니다
manage-event-session-created = 세션을 만들었습니다
manage-event-record-edited = 지원기록을 작성했습니다
manage-event-customer-joined =
    { $kind ->
        [app] 고객이 고객 프로그램으로 접속했습니다
       *[browser] 고객이 브라우저로 접속했습니다
    }
manage-event-app-took-over = 고객 프로그램으로 전환했습니다
manage-event-customer-away = 고객의 신호가 끊겼습니다
manage-event-customer-returned = 고객이 다시 연결되었습니다
manage-event-operator-joined = 상담원이 들어왔습니다
manage-event-operator-left = 상담원의 신호가 끊겼습니다
manage-event-consented =
    { $may_control ->
        [yes] 고객이 화면 보기와 제어에 동의했습니다
       *[no] 고객이 화면 보기에 동의했습니다
    }
manage-event-declined = 고객이 거절했습니다
manage-event-policy-signed =
    { $may_control ->
        [yes] 제어를 허용하는 정책에 서명했습니다
       *[no] 보기만 허용하는 정책에 서명했습니다
    }
manage-event-events-refused = 기록이 가득 차서 세션을 끝냅니다. 기록되지 않는 것은 계속되지 않습니다
manage-event-report-malformed = 읽을 수 없는 보고
manage-event-ended = 세션이 종료되었습니다: { $reason }
manage-event-connected =
    { $relayed ->
        [yes] 서버를 거쳐 연결되었습니다 (중계)
       *[no] 직접 연결되었습니다
    }

## 고객 프로그램이 거부한 것
manage-refused-input-view-only = 제어가 허용되지 않은 입력
manage-refused-input-control-off = 제어가 꺼진 동안의 입력
manage-refused-input-unavailable = 고객의 컴퓨터가 받지 못하는 입력
manage-refused-input-paused = 고객이 조작하는 동안의 입력
manage-refused-input-question-open = 확인 창이 열린 동안의 입력
manage-refused-own-window = 고객 프로그램의 창을 향한 입력
manage-refused-question-open = 확인 창이 열린 동안의 입력
manage-refused-unknown-key = 키보드에 없는 키 입력
manage-refused-input-busy = 입력이 너무 많이 밀린 동안의 입력
manage-refused-input-malformed = 올바르지 않은 입력
manage-refused-control-forbidden = 허용되지 않은 제어 요청
manage-refused-chat-forbidden = 허용되지 않은 채팅
manage-refused-chat-malformed = 올바르지 않은 채팅
manage-refused-chat-forged = 고객을 사칭한 채팅
manage-refused-chat-too-fast = 너무 잦은 채팅
manage-refused-message-too-long = 너무 긴 메시지
manage-refused-message-malformed = 올바르지 않은 메시지
manage-refused-message-out-of-order = 순서에 맞지 않는 메시지
manage-refused-message-out-of-place = 보낼 수 없는 메시지
manage-refused-policy-forged = 위조된 정책
manage-refused-policy-view = 화면 보기가 없는 정책
manage-refused-view-forbidden = 화면 보기 동의가 없는 화면 공유
manage-refused-operator-other = 다른 상담원
manage-refused-offer-before-consent = 동의 전의 연결 요청
manage-refused-offer-malformed = 올바르지 않은 연결 요청
manage-refused-candidate-before-consent = 동의 전의 연결 정보
manage-refused-candidate-too-long = 너무 긴 연결 정보
manage-refused-server-bad-message = 올바르지 않은 서버 메시지
manage-refused-server-out-of-order = 순서에 맞지 않는 서버 메시지
manage-refused-event-without-room = 남기지 못한 내역
manage-refused-policy-expired = 기한이 지난 정책
manage-refused-policy-feature = 고객 프로그램이 모르는 기능이 필요한 정책
manage-refused-policy-key = 알 수 없는 키로 서명한 정책
manage-refused-policy-malformed = 올바르지 않은 정책
manage-refused-policy-other = 다른 세션의 정책
manage-refused-policy-peer = 정책과 다른 연결 상대
manage-refused-policy-replayed = 이미 사용한 정책

## 고객의 컴퓨터에 없는 것
manage-unsupported-input-no-display = 화면을 찾지 못함
manage-unsupported-input-no-xtest = 디스플레이 서버가 입력을 받지 않음(XTEST 없음)
manage-unsupported-input-no-xinput = 디스플레이 서버에 XInput이 없음
manage-unsupported-input-no-xkb = 디스플레이 서버에 XKB가 없음
manage-unsupported-input-no-spare-keys = 키보드에 글자를 넣을 빈 자리가 없음
manage-unsupported-input-no-platform = 아직 제어할 수 없는 운영체제임
manage-unsupported-input-display-lost = 화면이 사라짐

## 설정 (G-2)
manage-settings-access = 접속 허용
manage-settings-administrator-addresses = 관리자 허용 IP
manage-settings-operator-addresses = 상담원 허용 IP
manage-settings-every-address = 모든 IP 허용
manage-settings-address-of = { $list } 주소
manage-settings-address-hint = 예: 192.168.1.7, 192.168.1.*, 10.0.0.0/8, 2001:db8::/32
manage-settings-add-address = 아이피 추가
manage-settings-add-own = 지금 접속한 주소 { $address } 추가
manage-settings-remove = { $name } 삭제
manage-settings-confirm = 허용 IP를 바꾸면 허용되지 않은 주소의 접속은 바로 끊깁니다. 계속하려면 관리자 Password를 입력하세요.
manage-settings-sign-in = 로그인
manage-settings-failures = 로그인 실패 허용 횟수
manage-settings-lock = 로그인 차단 시간(초)
manage-settings-idle = 자동 로그아웃 시간(초)
manage-settings-idle-hint = 이 시간 동안 사용하지 않으면 로그아웃됩니다. 끝나기 전에 알려 줍니다.
manage-settings-sessions = 세션과 통계
manage-settings-code = 접속번호 유효 시간(분)
manage-settings-time-zone = 시간대
manage-settings-rebuild = 시간대를 바꾸면 모든 통계를 새 시간대로 다시 집계합니다.
manage-settings-retention = 보존
manage-settings-record-retention = 기록 보존 기간(일)
manage-settings-recording-retention = 녹화 보존 기간(일)
manage-settings-recording-limit = 녹화 저장 한도(GB)
manage-settings-for-ever = 비워 두면 계속 보존합니다.
manage-settings-no-limit = 비워 두면 한도가 없습니다.
manage-settings-continue = 녹화 거부 시 지원 계속
manage-settings-favourites = 회사 즐겨찾기
manage-settings-no-favourites = 등록된 즐겨찾기가 없습니다.
manage-settings-favourite = 즐겨찾기 { $number }
manage-settings-favourite-name = 이름
manage-settings-favourite-kind = 종류
manage-settings-favourite-target = 주소 또는 경로
manage-settings-add-favourite = 즐겨찾기 추가
manage-favourite-url = URL
manage-favourite-program = 프로그램
manage-favourite-folder = 폴더
manage-settings-number = 숫자를 입력하세요.
manage-changed-elsewhere = 그사이 다른 관리자가 이 화면의 내용을 바꾸었습니다. 내가 바꾼 값은 그대로 두고 나머지를 최신 값으로 바꾸었습니다. 확인한 뒤 다시 저장하세요.
# 통계보기
manage-statistics-period = 기간
manage-statistics-period-week = 1주일
manage-statistics-period-month = 1개월
manage-statistics-period-quarter = 3개월
manage-statistics-period-half = 6개월
manage-statistics-period-year = 1년
manage-statistics-period-three-years = 3년
manage-statistics-from = 시작일
manage-statistics-to = 종료일
manage-statistics-department = 부서
manage-statistics-every-department = 전체 부서
manage-statistics-every-operator = 전체
manage-statistics-show = 보기
manage-statistics-excel = 엑셀저장
manage-statistics-summary = { $period }: { $supports }건, 총 { $duration }, 평균 { $average }
manage-statistics-summary-before = 이전 기간({ $period }) { $supports }건, 증감 { $change }
manage-statistics-counted = 고객이 동의하고 종료된 지원을 동의한 시각({ $zone })에 따라 집계합니다.
manage-statistics-chart = 막대 차트, { $title }. 가장 많은 항목은 { $largest } { $supports }건입니다. 모든 수치는 아래 표에 있습니다.
manage-statistics-chart-part = 차트는 이 페이지의 처음 { $shown }개 항목입니다.
manage-statistics-column-by-month = 월
manage-statistics-column-by-day = 날짜
manage-statistics-column-by-hour = 시간대
manage-statistics-column-by-operator = 상담원 ID
manage-statistics-column-by-duration = 상담시간
manage-statistics-column-by-os = 고객 OS
manage-statistics-column-by-support-type = 상담유형
manage-statistics-column-by-satisfaction = 상담유형
manage-statistics-supports = 건수
manage-statistics-share = 비율
manage-statistics-duration = 총 시간
manage-statistics-average = 평균 시간
manage-statistics-before = 이전 기간
manage-statistics-compared = 증감
manage-statistics-change = { $difference } ({ $percent })
manage-statistics-rated = { $rating }점
manage-statistics-unrated = 미평가
manage-statistics-rating = 평균 점수
manage-statistics-total = 합계
manage-statistics-none = (없음)
manage-statistics-length-under = { $to }분 미만
manage-statistics-length = { $from }분 이상 { $to }분 미만
manage-statistics-length-over = { $from }분 이상
manage-statistics-empty = 이 기간에 지원이 없습니다
manage-statistics-empty-text = 다른 기간을 고르거나 부서와 상담원 조건을 비우고 보기를 누르세요.
