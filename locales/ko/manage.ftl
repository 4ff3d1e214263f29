# 관리자 사이트

## 로그인 (A-1 … A-6)
manage-sign-in-title = 관리자 로그인
manage-sign-in-again-title = 다시 로그인
manage-sign-in-again-about = 입력하던 내용은 Password만 빼고 그대로 있습니다. { $login } 외의 계정으로 로그인하면 사라집니다.
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
manage-activation-lead = 이 회사의 관리자로 사용할 정보를 입력하세요. 이 링크는 한 번만 사용할 수 있습니다.
manage-activation-submit = 계정 만들기
manage-activation-done = 관리자 계정을 만들었습니다. 이제 로그인할 수 있습니다.
manage-activation-go = 로그인하러 가기
manage-activation-unknown-title = 사용할 수 없는 링크입니다
manage-activation-unknown = 이미 사용했거나 기한이 지난 링크입니다. 링크를 보낸 사람에게 새 링크를 요청하세요.
manage-name = 이름

## 틀 (B-1 … B-4)
manage-skip = 본문으로 이동
manage-menu = 메뉴
manage-menu-support = 원격지원관리
manage-menu-records = 지원기록보기
manage-menu-statistics = 통계보기
manage-menu-administrator = 관리자정보
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
manage-options-save-as-excel = 옵션 엑셀저장
manage-options-reset = 모두 부서 기본값으로
manage-options-features = 기능옵션
manage-options-behaviour = 설정옵션
manage-options-mobile = 모바일 기능옵션
manage-option-on = 사용
manage-option-off = 사용안함
manage-option-default = 부서 기본값 ({ $value })
manage-option-beaten = ‘{ $option }’ 옵션을 사용하는 동안에는 적용되지 않습니다.
manage-option-needs = ‘{ $option }’ 옵션을 사용해야 적용됩니다.
manage-option-included = ‘{ $option }’ 옵션에 포함되어 있습니다.
manage-option-later = 아직 세션에서 적용되지 않음
manage-option-no-mobile = 이 상담원은 모바일 / 비디오 원격지원을 사용하지 않습니다.
manage-phones-later = 휴대폰 지원은 아직 제공되지 않습니다.
manage-option-text-chat = 문자 채팅
manage-option-text-chat-about = 고객과 글로 대화하고, 대화 내용을 지원기록에 남깁니다.
manage-option-consent-before-connect = 접속전 고객동의
manage-option-consent-before-connect-about = 상담원이 들어온 뒤 고객이 ‘동의’를 눌러야 시작합니다. 사용하지 않으면 고객이 ‘연결’을 누르는 것이 동의입니다.
manage-option-auto-control = 접속시 자동제어모드
manage-option-auto-control-about = 연결되면 바로 제어를 시작합니다. 사용하지 않으면 상담원이 제어를 켜야 합니다.
manage-option-view-only = 상담원 제어 불가
manage-option-view-only-about = 상담원은 화면만 볼 수 있고, 마우스와 키보드 입력은 고객 PC에 적용되지 않습니다.
manage-option-partial-share = 부분공유
manage-option-partial-share-about = 화면의 일부나 창, 모니터 하나만 공유합니다. 나머지는 전송되지 않습니다.
manage-option-two-way-file-transfer = 양방향 파일 전송
manage-option-two-way-file-transfer-about = 양쪽 파일을 보면서 파일과 폴더를 주고받습니다.
manage-option-auto-reconnect = 자동 재접속
manage-option-auto-reconnect-about = 고객 PC가 다시 시작되면 같은 세션으로 다시 연결합니다.
manage-option-send-url = URL 전송
manage-option-send-url-about = 고객의 브라우저에서 웹 주소를 엽니다.
manage-option-system-info = 시스템 정보 보기
manage-option-system-info-about = 고객 PC의 운영체제, 부품, 디스크, 네트워크, 설치된 프로그램을 봅니다.
manage-option-process-info = 프로세스 정보 보기
manage-option-process-info-about = 실행 중인 프로그램과 서비스를 보고 종료할 수 있습니다.
manage-option-screen-capture = 화면 캡처
manage-option-screen-capture-about = 고객 화면을 그림으로 저장하거나 지원기록에 남깁니다.
manage-option-operator-screen-share = 상담원 화면 전송
manage-option-operator-screen-share-about = 상담원의 화면을 고객에게 보여 줍니다.
manage-option-favorites = 즐겨찾기
manage-option-favorites-about = 자주 쓰는 주소, 프로그램, 폴더를 고객 PC에서 엽니다.
manage-option-drawing = 그리기
manage-option-drawing-about = 고객 화면 위에 선과 도형, 글자를 그립니다.
manage-option-two-way-drawing = 양방향 그리기
manage-option-two-way-drawing-about = 고객도 함께 그릴 수 있습니다.
manage-option-screen-recording = 화면 녹화
manage-option-screen-recording-about = 세션의 화면과 음성을 녹화합니다. 고객에게 따로 동의를 받습니다.
manage-option-voice-chat = 음성 채팅
manage-option-voice-chat-about = 고객과 음성으로 대화합니다.
manage-option-operator-screen-control = 상담원 화면 제어
manage-option-operator-screen-control-about = 고객이 상담원의 화면을 제어할 수 있습니다.
manage-option-send-file = 파일 보내기
manage-option-send-file-about = 고객 PC로 파일을 보냅니다.
manage-option-fetch-file = 파일 가져오기
manage-option-fetch-file-about = 고객 PC에서 파일을 가져옵니다.
manage-option-invite-operator = 상담원 초대
manage-option-invite-operator-about = 다른 상담원을 세션에 부르거나 세션을 넘깁니다.
manage-option-safe-mode-reconnect = 안전모드 재부팅 후 자동 재접속
manage-option-safe-mode-reconnect-about = 안전모드로 다시 시작한 뒤에도 세션을 이어 갑니다.
manage-option-mobile-support = 모바일 / 영상 원격지원
manage-option-mobile-support-about = 휴대폰과 태블릿, 카메라 영상으로 지원합니다.
manage-option-forced-login = 상담원 강제 로그인
manage-option-forced-login-about = 같은 상담원이 다른 곳에서 로그인하면 먼저 한 로그인을 끝낼 수 있습니다. 사용하지 않으면 나중 로그인을 거절합니다.
manage-option-satisfaction-survey = 고객 만족도 조사
manage-option-satisfaction-survey-about = 상담이 끝나면 고객에게 만족도를 묻습니다.
manage-option-driver-mode = 드라이버 모드 사용
manage-option-driver-mode-about = 가장 빠른 방식으로 화면을 전송하며 시작합니다. 세션에서 바꿀 수 있습니다.
manage-option-mouse-tracking = 마우스 추적 사용
manage-option-mouse-tracking-about = 고객 화면이 더 크면 마우스를 따라 보이는 부분을 옮깁니다. 세션에서 바꿀 수 있습니다.
manage-option-file-transfer-in-viewer = 파일 전송 뷰어 모드
manage-option-file-transfer-in-viewer-about = 파일 전송 창을 따로 열지 않고 뷰어 안에 엽니다.
manage-option-manual-reboot = 수동 재부팅
manage-option-manual-reboot-about = 다시 시작은 고객이 직접 하고, 프로그램은 재접속만 준비합니다.
manage-option-consent-before-invite = 상담원 초대전 고객동의
manage-option-consent-before-invite-about = 초대한 상담원이 화면을 보기 전에 고객에게 동의를 받습니다.
manage-option-clipboard-file-transfer = Ctrl+C/Ctrl+V 파일전송
manage-option-clipboard-file-transfer-about = 한쪽에서 복사한 글, 그림, 파일을 다른 쪽에 붙여 넣습니다.
manage-option-remote-printer = 원격프린터
manage-option-remote-printer-about = 고객 PC에서 인쇄한 문서를 상담원의 프린터로 출력합니다.
manage-option-auto-new-session = 원격 종료 후 세션 자동 생성
manage-option-auto-new-session-about = 세션이 끝나면 다음 접속번호를 바로 준비합니다.
manage-option-desktop-share = 바탕화면 공유
manage-option-desktop-share-about = 시작할 때 바탕화면 전체를 공유합니다. 사용하지 않으면 고객이 먼저 공유할 것을 고릅니다.
manage-option-auto-record = 화면 자동 녹화
manage-option-auto-record-about = 세션이 시작되면 녹화를 시작합니다. 세션에서 바꿀 수 있습니다.
manage-option-keep-uac = 사용자 계정 컨트롤
manage-option-keep-uac-about = 사용자 계정 컨트롤을 그대로 두고 확인 창에 응답합니다. 사용하지 않으면 세션 동안 보안 화면을 거치지 않습니다.
manage-option-always-relay = 항상 서버 경유로 접속
manage-option-always-relay-about = 고객과 직접 연결하지 않고 항상 서버를 거칩니다.
manage-option-mobile-view-only = 상담원 제어 불가
manage-option-mobile-view-only-about = 상담원은 기기를 제어하지 못합니다.
manage-option-mobile-file-transfer = 양방향 파일 전송
manage-option-mobile-file-transfer-about = 기기와 파일을 주고받습니다.
manage-option-mobile-file-consent = 파일 전송전 고객동의
manage-option-mobile-file-consent-about = 파일을 보내거나 가져올 때마다 고객에게 동의를 받습니다.
manage-option-app-share-consent = 응용프로그램 공유 동의
manage-option-app-share-consent-about = 앱 화면을 공유하기 전에 고객에게 묻습니다.
manage-option-mobile-no-drawing = 그리기 기능 사용 안함
manage-option-mobile-no-drawing-about = 기기 화면 위에 그리지 않습니다.
manage-option-start-maximized = 최대화된 상태로 프로그램 실행
manage-option-start-maximized-about = 모바일 뷰어를 최대화하여 엽니다.
manage-option-stretch-to-fill = 최대화된 비율로 표시
manage-option-stretch-to-fill-about = 화면 비율을 유지하지 않고 뷰어를 채웁니다.

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
manage-records-total-more = 지원기록 { $total }건 이상
manage-records-none-found = 조건에 맞는 지원기록이 없습니다
manage-records-none-found-text = 검색기간을 넓히거나 조건을 지워 보세요.
manage-search-one-letter = 한 글자로는 그 글자로 시작하는 것만 찾습니다. 두 글자 이상을 입력하면 중간에 있는 것도 찾습니다.
manage-search-period = 검색기간
manage-search-from = 시작일
manage-search-to = 종료일
manage-search-backwards = 종료일이 시작일보다 앞섭니다.
manage-search-reset = 초기화
manage-search-filters = 검색 조건
manage-search-remove = { $filter } 조건 지우기
manage-period-1d = 당일
manage-period-3d = 3일
manage-period-1w = 1주일
manage-period-1m = 1개월
manage-period-3m = 3개월
manage-period-6m = 6개월
manage-period-1y = 1년
manage-record-key-operator-login = 상담원 ID
manage-record-key-operator-login-hint = ID의 앞부분
manage-record-key-operator-name = 상담원 이름
manage-record-key-operator-name-hint = 이름의 일부
manage-record-key-customer-name = 고객 이름
manage-record-key-customer-name-hint = 이름의 일부
manage-record-key-department = 부서
manage-record-key-support-type = 상담유형
manage-record-key-customer-os = 고객 OS
manage-record-key-customer-os-hint = 예: Windows 11
manage-record-key-resolution = 해결 여부
manage-record-key-address = 접속 IP
manage-record-key-address-hint = 예: 192.168.
manage-record-key-text = 메모·고객 이름
manage-record-key-text-hint = 메모나 고객 이름의 일부
manage-page-first = 처음
manage-page-last = 마지막
manage-page-day = 날짜로 이동
manage-page-go = 이동
manage-save-as-excel = 엑셀저장
manage-save-as-csv = CSV 저장
manage-record-newer = 이전 기록
manage-record-older = 다음 기록
manage-record-delete = 기록 삭제
manage-record-delete-text = 지원기록 No. { $no }의 내용을 완전히 삭제합니다. 되돌릴 수 없습니다. 기록이 있었다는 사실과 통계는 남습니다.
manage-record-deleted = 지원기록 No. { $no }을(를) 삭제했습니다
manage-record-no = No
manage-record-customer = 고객 이름
manage-record-joined = 고객 접속 시각
manage-record-no-consent = 고객이 동의하지 않음
manage-record-not-agreed = 동의하지 않음
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
manage-record-operator-address-private = 상담원 IP (사설)
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
manage-record-survey = 고객 만족도 조사
manage-rating = 만족도
manage-record-survey-none = 고객이 답하지 않았습니다.
manage-record-survey-rating = { $points }점 / 5점 · { $words }
manage-record-survey-comment = 고객의 의견
manage-record-survey-at = 답한 시각
manage-rating-5 = 매우 만족
manage-rating-4 = 만족
manage-rating-3 = 보통
manage-rating-2 = 불만족
manage-rating-1 = 매우 불만족
manage-record-chat = 채팅
manage-record-chat-none = 주고받은 채팅이 없습니다.
manage-record-chat-other-side = 상대편의 기록에만 있음
manage-record-memo = 메모
manage-record-sealed = 봉인됨
manage-record-sealed-text = 기록은 상담이 끝날 때, 그리고 나중에 추가될 때마다 다시 봉인됩니다. 고객의 확인증에는 상담이 끝났을 때의 값이 있습니다. 증명 파일에는 봉인과 함께 기록 전체가 들어 있고, 어느 컴퓨터에서나 “beside-server record verify”로 검사할 수 있습니다.
manage-record-bundle = 증명 파일 저장
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
manage-end-recording-refused = 고객이 녹화에 동의하지 않음

## 다운로드 센터 (H-1)
manage-downloads-empty = 내려받을 파일이 없습니다
manage-downloads-empty-text = 서버 운영자가 고객 프로그램을 준비하면 여기에 나타납니다.
manage-downloads-apps = 고객 프로그램
manage-downloads-manuals = 설명서
manage-downloads-manuals-empty = 등록된 설명서가 없습니다
manage-downloads-manuals-empty-text = 서버 담당자가 다음 명령으로 등록합니다.
manage-downloads-fingerprint = 서버 지문
manage-downloads-fingerprint-about = 이 서버용으로 준비되지 않은 고객 프로그램은 접속하기 전에 이 지문을 보여 주고 고객에게 확인을 받습니다.
manage-downloads-authority-about = 브라우저에 설치할 이 서버 자체 인증 기관의 인증서를 내려받는 /ca 페이지에는 비교할 수 있도록 이 지문이 표시됩니다.
manage-download-file = 파일
manage-download-os = OS
manage-download-version = 버전
manage-download-size = 크기

## 사용기록 (G-3)
manage-usage-tab-access = 접속
manage-usage-tab-departments = 부서 관리
manage-usage-tab-operators = 상담원 관리
manage-usage-tab-support-types = 상담유형 관리
manage-usage-tab-records = 지원기록
manage-usage-tab-statistics = 통계
manage-usage-date = 날짜
manage-usage-account = 계정
manage-usage-address = IP
manage-usage-activity = 활동
manage-usage-remark = 비고
manage-usage-from = 시작일
manage-usage-until = 종료일
manage-usage-all = 전체
manage-usage-total = 사용기록 { $total }건
manage-usage-total-more = 사용기록 { $total }건 이상
manage-usage-empty = 사용기록이 없습니다
manage-usage-empty-text = 누군가 무엇을 하면 여기에 한 줄씩 쌓이며, 고치거나 지울 수 없습니다.
manage-usage-none-found = 검색 결과가 없습니다
manage-usage-none-found-text = 기간이나 조건을 바꾸거나 전체보기를 누르세요.
manage-usage-newest = 최신
manage-usage-newer = 이전 페이지
manage-usage-older = 다음 페이지

## API 토큰
manage-item-api-tokens = API 토큰
manage-item-api-tokens-about = 스크립트가 로그인 없이 사용할 토큰을 만들고 폐기합니다.
manage-item-api = API 설명서
manage-item-api-about = 서버의 API를 주소별로 찾아 봅니다.
manage-api-tokens-lead = 스크립트가 관리자를 대신해 기록과 통계를 읽고 부서, 상담유형, 옵션을 관리합니다. 계정, Password, 허용 IP, 설정은 토큰으로 바꿀 수 없습니다.
manage-api-tokens-empty = API 토큰이 없습니다
manage-api-tokens-empty-text = 토큰을 만들면 스크립트에서 Authorization: Bearer 헤더로 사용할 수 있습니다.
manage-api-token-new = 새 API 토큰
manage-api-token-create = 토큰 만들기
manage-api-token-name-hint = 어디에 쓰는 토큰인지 적어 두세요.
manage-api-token-days = 유효 기간
manage-api-token-days-count = { $days }일
manage-api-token-scopes = 권한
manage-api-token-no-scope = 권한을 하나 이상 고르세요.
manage-api-token-state = 상태
manage-api-token-working = 사용 중
manage-api-token-expired = 만료됨
manage-api-token-revoked = 폐기됨
manage-api-token-expires = 만료 시각
manage-api-token-used = 마지막 사용
manage-api-token-never = 사용한 적 없음
manage-api-token-revoke = 폐기
manage-api-token-revoke-title = API 토큰 폐기
manage-api-token-revoke-text = ‘{ $name }’ 토큰을 폐기합니다. 이 토큰을 쓰는 스크립트는 바로 멈춥니다.
manage-api-token-revoke-done = ‘{ $name }’ 토큰을 폐기했습니다.
manage-api-token-made = API 토큰을 만들었습니다
manage-api-token-once = 이 값은 지금 한 번만 보여 드립니다. 안전한 곳에 보관하세요.
manage-api-token-copy = 복사
manage-api-token-copied-yes = 복사했습니다.
manage-api-token-copied-failed = 복사하지 못했습니다. 값을 선택해 직접 복사하세요.
manage-scope-records-read = 지원기록 읽기
manage-scope-statistics-read = 통계 읽기
manage-scope-departments-read = 부서 읽기
manage-scope-departments-write = 부서 쓰기
manage-scope-support-types-read = 상담유형 읽기
manage-scope-support-types-write = 상담유형 쓰기
manage-scope-options-read = 옵션 읽기
manage-scope-options-write = 옵션 쓰기
manage-scope-operators-read = 상담원 읽기
manage-scope-usage-log-read = 사용기록 읽기

## API 설명서
manage-api-lead = 스크립트로 할 수 있는 모든 일입니다. 설명은 영어로 되어 있습니다.
manage-api-search-hint = 주소, 이름, 권한으로 찾습니다.
manage-api-none-found = 검색 결과가 없습니다
manage-api-who = 요청할 수 있는 사람
manage-api-who-everybody = 누구나
manage-api-who-administrator = 로그인한 관리자
manage-api-who-operator = 로그인한 상담원
manage-api-who-token = API 토큰: { $scopes }
manage-api-parameters = 매개변수
manage-api-body = 본문
manage-api-answer =
    { $status ->
        [default] 거절
       *[other] 응답 { $status }
    }
manage-api-required = 필수
manage-api-example = curl 예

## 진행 내역의 한 줄
manage-event-control-changed =
    { $on ->
        [yes] 원격 제어를 켰습니다
       *[no] 원격 제어를 껐습니다
    }
manage-event-refused = 고객 프로그램이 요청을 거부했습니다: { $what } ({ $count }회)
manage-event-unsupported = 고객 PC에서 할 수 없었습니다: { $what }
manage-event-tool-url-open = 고객 PC에서 주소를 열었습니다: { $what }
manage-event-tool-screen-capture = 화면을 캡처했습니다
manage-event-capture-kept = 화면 캡처 { $no }번을 기록에 보관했습니다({ $width_px } × { $height_px })
manage-event-recording-changed =
    { $on ->
        [yes] 녹화를 시작했습니다
       *[no] 녹화를 멈췄습니다
    }
manage-event-recording-begun = 녹화 { $no }번을 시작했습니다
manage-event-recording-kept = 녹화 { $no }번을 다이제스트와 함께 기록에 보관했습니다
manage-event-recording-film = 녹화 { $no }번의 동영상 파일을 다이제스트와 함께 보관했습니다
manage-event-recording-copy-wished = 고객이 지원 중에 녹화 사본을 요청했습니다
manage-event-recording-copy-given = { $by } 님이 고객에게 줄 녹화 사본 링크를 만들었습니다
manage-event-recording-copy-asked = 고객이 녹화 사본을 요청해 링크를 받았습니다
manage-event-recording-copy-fetched = 고객이 녹화 { $no }번의 동영상 파일을 내려받았습니다
manage-event-recording-deleted = 보존 기간이 지나 녹화 { $no }번을 삭제했습니다. 다이제스트는 남아 있습니다
manage-event-tool-favourite-open = 고객 PC에서 즐겨찾기를 열었습니다: { $what }
manage-event-tool-system-view = 상담원이 시스템 정보를 봤습니다
manage-event-tool-processes-view = 상담원이 프로세스를 봤습니다
manage-event-tool-process-end = 프로그램에 끝내기를 요청했습니다: { $what }
manage-event-tool-process-kill = 프로그램을 강제로 끝냈습니다: { $what }
manage-event-tool-services-view = 상담원이 서비스를 봤습니다
manage-event-tool-service-start = 서비스를 시작했습니다: { $what }
manage-event-tool-service-stop = 서비스를 중지했습니다: { $what }
manage-event-tool-service-restart = 서비스를 다시 시작했습니다: { $what }
manage-event-tool-drawing-begun = 상담원이 고객 화면에 그리기 시작했습니다
manage-event-tool-drawing-ended = 상담원이 그리기를 끝냈습니다
manage-event-tool-customer-drawing-begun = 고객도 그리기 시작했습니다
manage-event-tool-customer-drawing-ended = 고객이 그리기를 끝냈습니다
manage-event-tool-not-done = 처리되지 않음: { $name } { $what } ({ $problem })
manage-tool-name-url-open = 주소 열기
manage-tool-name-screen-capture = 화면 캡처
manage-tool-name-favourite-open = 즐겨찾기 열기
manage-tool-name-system-view = 시스템 정보 보기
manage-tool-name-processes-view = 프로세스 보기
manage-tool-name-process-end = 프로그램 끝내기
manage-tool-name-process-kill = 프로그램 강제로 끝내기
manage-tool-name-services-view = 서비스 보기
manage-tool-name-service-start = 서비스 시작
manage-tool-name-service-stop = 서비스 중지
manage-tool-name-service-restart = 서비스 다시 시작
manage-tool-problem-unsupported = 시스템이 지원하지 않음
manage-tool-problem-unfinished = 결과를 알기 전에 연결이 끝남
manage-tool-problem-stopped = 그 전에 원격지원이 멈춤
manage-tool-problem-launch-not-found = 그런 이름의 항목이 없음
manage-tool-problem-launch-not-allowed = 고객의 계정으로 열 수 없음
manage-tool-problem-launch-no-opener = 여는 프로그램이 없음
manage-tool-problem-launch-malformed = 열 수 없는 주소
manage-tool-problem-launch-failed = 바로 오류로 끝남
manage-tool-problem-process-gone = 이미 끝난 프로그램
manage-tool-problem-process-not-allowed = 고객의 계정으로 끝낼 수 없음
manage-tool-problem-process-own = 원격지원이나 데스크톱에 쓰이는 프로그램
manage-tool-problem-process-failed = 시스템이 끝내지 못함
manage-tool-problem-service-unknown = 그런 서비스가 없음
manage-tool-problem-service-not-allowed = 고객의 계정으로 관리할 수 없음
manage-tool-problem-service-slow = 너무 오래 걸림
manage-tool-problem-service-failed = 서비스 오류
manage-event-display-changed = 화면 크기: { $width_px }×{ $height_px }
manage-event-part-shared = { $part ->
    [desktop] 고객이 전체 화면을 공유합니다
    [monitor] 고객이 모니터 하나를 공유합니다: { $name }
    [window] 고객이 창 하나를 공유합니다: { $name }
   *[area] 고객이 화면의 한 영역을 공유합니다
}
manage-event-part-gone = { $part ->
    [window] 공유하던 창이 닫혔습니다: { $name }
   *[monitor] 공유하던 모니터가 없어졌습니다: { $name }
}
manage-event-part-asked = { $part ->
    [desktop] 상담원이 전체 화면 공유를 요청했습니다
    [monitor] 상담원이 모니터 하나의 공유를 요청했습니다
    [window] 상담원이 창 하나의 공유를 요청했습니다
    [area] 상담원이 화면의 한 영역 공유를 요청했습니다
   *[any] 상담원이 화면의 다른 부분 공유를 요청했습니다
}
manage-event-part-declined = 고객이 공유 범위를 그대로 두었습니다
manage-event-sharing-started = 화면 공유를 시작했습니다
manage-event-sharing-stopped = 화면 공유를 멈췄습니다
manage-event-right-asked = 상담원이 권한을 요청했습니다: { $right }
manage-event-right-allowed = 고객이 요청을 허용했습니다: { $right }
manage-event-right-refused = 고객이 요청을 허용하지 않았습니다: { $right }
manage-event-right-withdrawn = 권한 요청이 답 없이 끝났습니다: { $right }
manage-event-right-given = 고객이 권한을 주었습니다: { $right }
manage-event-right-taken-back = 고객이 권한을 거두었습니다: { $right }
manage-event-second-invited = { $name }({ $department }) 상담원을 초대했습니다. { $reason }
manage-event-second-accepted = { $name } 상담원이 초대를 수락했습니다
manage-event-second-declined = { $name } 상담원이 초대를 거절했습니다
manage-event-second-withdrawn = { $name } 상담원의 초대를 취소했습니다
manage-event-second-expired = { $name } 상담원의 초대가 만료되었습니다
manage-event-second-allowed = 고객이 초대한 상담원의 참여에 동의했습니다
manage-event-second-refused = 고객이 초대한 상담원의 참여에 동의하지 않았습니다
manage-event-second-told = 초대한 상담원이 들어온다고 고객에게 알렸습니다
manage-event-second-joined = { $name } 상담원이 함께했습니다
manage-event-second-left = { $name } 상담원이 나갔습니다
manage-event-second-removed = { $name } 상담원의 참여를 끝냈습니다
manage-event-handed-over = { $name }({ $department }) 상담원에게 상담을 넘겼습니다
manage-event-second-control-changed = { $on ->
    [yes] 초대한 상담원이 제어를 시작했습니다
   *[no] 초대한 상담원이 제어를 끝냈습니다
}
manage-event-second-policy-signed = 초대한 상담원의 정책에 서명했습니다
manage-event-paused = 고객이 채팅을 뺀 모든 것을 일시정지했습니다
manage-event-resumed = 고객이 일시정지를 풀었습니다
manage-event-voice-started = 고객이 음성 대화를 허용하여 시작되었습니다
manage-event-voice-ended-by-operator = 상담원이 음성 대화를 끝냈습니다
manage-event-voice-ended-by-customer = 고객이 음성 대화를 끝냈습니다
manage-event-voice-ended = 음성 대화가 연결 또는 권한과 함께 끝났습니다
manage-event-voice-customer-muted = 고객이 마이크를 껐습니다
manage-event-voice-customer-unmuted = 고객이 마이크를 다시 켰습니다
manage-event-voice-operator-muted = 상담원이 마이크를 껐습니다
manage-event-voice-operator-unmuted = 상담원이 마이크를 다시 켰습니다
manage-event-operator-screen-started = 고객이 허용하여 상담원의 화면이 고객에게 보입니다
manage-event-operator-screen-ended-by-operator = 상담원이 자신의 화면 전송을 끝냈습니다
manage-event-operator-screen-ended-by-customer = 고객이 상담원 화면 보기를 끝냈습니다
manage-event-operator-screen-ended = 상담원 화면 전송이 연결 또는 권한과 함께 끝났습니다
manage-event-operator-control-started = 고객에게 상담원의 PC { $host_name }이(가) 보였습니다
manage-event-operator-control-ended-by-operator = 상담원이 자신의 PC를 고객에게 보여 주기를 끝냈습니다
manage-event-operator-control-ended-by-customer = 고객이 상담원의 PC 보기를 끝냈습니다
manage-event-operator-control-ended = 고객의 상담원 PC 보기가 세션, 연결 또는 권한과 함께 끝났습니다
manage-right-view = 화면 보기
manage-right-control = 마우스와 키보드로 제어
manage-right-invite = 다른 상담원 초대
manage-right-chat = 채팅
manage-right-fetch-files = 파일 보기와 가져오기
manage-right-send-files = 파일 보내기와 폴더 변경
manage-right-see-system = 시스템 정보와 프로세스 보기
manage-right-end-processes = 프로그램 끝내기, 서비스 시작·중지
manage-right-open = 인터넷 주소, 프로그램, 폴더 열기
manage-right-capture-screen = 화면을 사진으로 남기기
manage-right-draw = 화면 위에 그리기
manage-right-talk = 음성으로 대화
manage-right-operator-screen = 상담원 화면 보여주기
manage-right-operator-control = 고객의 상담원 PC 제어
manage-right-record = 화면 녹화하기
manage-right-print = 인쇄한 문서 받기
manage-event-session-created = 세션을 만들었습니다
manage-event-record-edited = 지원기록을 작성했습니다
manage-event-invitation-sent = { $to }에 접속번호를 보냄
manage-event-invitation-failed = { $to }에 접속번호를 보내지 못함 ({ $problem })
manage-event-survey-answered = 고객이 만족도 조사에 답했습니다: { $rating }점
manage-event-record-deleted = 지원기록을 삭제했습니다
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
manage-refused-recording-forbidden = 허용되지 않은 녹화
manage-refused-chat-forbidden = 허용되지 않은 채팅
manage-refused-url-open-forbidden = 허용되지 않은 주소 열기
manage-refused-screen-capture-forbidden = 허용되지 않은 화면 캡처
manage-refused-favourite-open-forbidden = 허용되지 않은 즐겨찾기 열기
manage-refused-system-view-forbidden = 허용되지 않은 시스템 정보 보기
manage-refused-processes-view-forbidden = 허용되지 않은 프로세스 보기
manage-refused-process-end-forbidden = 허용되지 않은 프로그램 끝내기
manage-refused-services-view-forbidden = 허용되지 않은 서비스 보기
manage-refused-service-change-forbidden = 허용되지 않은 서비스 변경
manage-refused-input-outside-part = 공유하지 않은 곳에 대한 입력
manage-refused-part-ask-forbidden = 허용되지 않은 공유 범위 요청
manage-refused-part-ask-malformed = 알아볼 수 없는 공유 범위 요청
manage-refused-part-ask-too-fast = 너무 빠른 공유 범위 요청
manage-refused-tool-too-fast = 너무 빠르게 들어온 도구 요청
manage-refused-tool-too-many = 동시에 너무 많은 도구 요청
manage-refused-tool-malformed = 이해할 수 없는 도구 요청
manage-refused-right-forbidden = 정책에 없는 권한 요청
manage-refused-right-malformed = 알아볼 수 없는 권한 요청
manage-refused-right-too-many = 다른 요청이 있는 동안의 권한 요청
manage-refused-right-too-fast = 너무 빠른 권한 요청
manage-refused-right-paused = 일시정지 중의 권한 요청
manage-refused-session-paused = 일시정지 중의 입력 또는 제어
manage-refused-tool-paused = 일시정지 중의 도구 요청
manage-refused-files-paused = 일시정지 중의 파일 요청
manage-refused-drawing-forbidden = 그리기
manage-refused-drawing-too-fast = 너무 빠른 그리기
manage-refused-drawing-too-often = 너무 잦은 그리기 시작
manage-refused-drawing-malformed = 이해할 수 없는 그리기
manage-refused-drawing-out-of-order = 순서에 맞지 않는 그리기
manage-refused-drawing-full = 화면 하나에 둘 수 있는 것보다 많은 도형
manage-refused-drawing-unsupported = 그릴 수 없는 화면에 그리기
manage-refused-second-forbidden = 두 번째 상담원이 쓸 수 없는 기능
manage-refused-second-not-agreed = 고객이 허용하지 않은 상담원 입장
manage-refused-voice-forbidden = 음성 대화
manage-refused-voice-paused = 일시정지 중의 음성 대화 요청
manage-refused-voice-too-fast = 너무 잦은 음성 대화 요청
manage-refused-voice-uninvited = 고객이 허용하지 않은 음성
manage-refused-operator-screen-forbidden = 상담원 화면 전송
manage-refused-operator-screen-paused = 일시정지 중의 상담원 화면 전송 요청
manage-refused-capture-too-fast = 너무 잦은 캡처 방식 전환
manage-refused-operator-screen-too-fast = 너무 잦은 상담원 화면 전송 요청
manage-refused-operator-screen-uninvited = 고객이 허용하지 않은 상담원 화면
manage-refused-operator-screen-malformed = 화면이 아닌 상담원 화면 데이터
manage-refused-operator-control-forbidden = 고객의 상담원 PC 제어
manage-refused-operator-control-paused = 일시정지 중의 상담원 PC 제어 요청
manage-refused-operator-control-too-fast = 너무 잦은 상담원 PC 제어 요청
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
manage-unsupported-operator-control-no-browser = 상담원의 PC를 보는 페이지를 열 브라우저가 없습니다
manage-unsupported-input-display-lost = 화면이 사라짐
manage-unsupported-overlay-no-display = 화면에 그릴 수 없음
manage-unsupported-overlay-no-shape = 디스플레이 서버에 모양 창 기능이 없음
manage-unsupported-overlay-no-platform = 아직 화면에 그릴 수 없는 운영체제임
manage-unsupported-overlay-display-lost = 화면에 그리는 기능이 멈춤
manage-unsupported-voice-no-microphone = 마이크가 없음
manage-unsupported-voice-no-speaker = 스피커가 없음
manage-unsupported-voice-no-sound-server = 소리를 쓸 수 없음(사운드 서버 없음)
manage-unsupported-voice-no-platform = 아직 소리를 쓸 수 없는 운영체제임
manage-unsupported-voice-microphone-denied = 브라우저가 마이크 사용을 막음
manage-unsupported-voice-microphone-taken = 마이크가 사용 중이거나 작동하지 않음
manage-unsupported-voice-no-codec = 음성 코덱을 열 수 없음

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
manage-settings-confirm = 허용 IP, 로그인 규칙, 보존 기간, 시간대, 즐겨찾기처럼 영향이 큰 설정을 바꿉니다. 허용되지 않은 주소의 접속은 바로 끊깁니다. 계속하려면 관리자 Password를 입력하세요.
manage-settings-sign-in = 로그인
manage-settings-failures = 로그인 실패 허용 횟수
manage-settings-lock = 로그인 차단 시간(초)
manage-settings-idle = 자동 로그아웃 시간(초)
manage-settings-idle-hint = 이 시간 동안 사용하지 않으면 로그아웃됩니다. 끝나기 전에 알려 줍니다.
manage-settings-sessions = 세션과 통계
manage-settings-code = 접속번호 유효 시간(분)
manage-settings-time-zone = 시간대
manage-settings-statistics = 시간대를 바꾸면 모든 통계를 새 시간대로 옮깁니다. 기록이 많으면 시간이 걸리지만 그동안에도 모든 기능을 쓸 수 있습니다.
manage-settings-retention = 보존
manage-settings-record-retention = 기록 보존 기간(일)
manage-settings-retention-none = { $days }일로 저장해도 지금 삭제될 지원기록은 없습니다.
manage-settings-retention-some = { $days }일로 저장하면 지원기록 { $count }건이 삭제됩니다. 가장 오래된 기록은 { $oldest }입니다. 통계는 그대로 남습니다.
manage-settings-recording-retention = 녹화 보존 기간(일)
manage-settings-recording-copies = 고객이 요청하면 녹화 사본 제공
manage-settings-recording-copies-hint = 상담이 끝난 뒤 고객이 요청하면 7일 동안 쓸 수 있는 링크를 줍니다.
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
manage-favourite-url-example = https://
manage-favourite-program-example = notepad
manage-favourite-folder-example = ~/Documents
manage-changed-elsewhere = 그사이 다른 관리자가 이 화면의 내용을 바꾸었습니다. 내가 바꾼 값은 그대로 두고 나머지를 최신 값으로 바꾸었습니다. 확인한 뒤 다시 저장하세요.

## 저장하지 않은 내용
manage-export-refused = 파일을 만들지 못했습니다
manage-unsaved-none = 저장하지 않은 내용 없음
manage-unsaved-what = 저장하지 않음: { $names }
manage-unsaved-what-more = 저장하지 않음: { $names } 외 { $more }개
manage-unsaved-count = 미저장 { $count }개
manage-unsaved-title = 저장하지 않고 나갈까요?
manage-unsaved = 입력한 내용이 저장되지 않았습니다. 나가면 사라집니다.
manage-unsaved-leave = 나가기

## 라이선스 (D-2)
manage-licence = 라이선스
manage-licence-perpetual = 솔루션 라이선스입니다. 기간 제한이 없습니다.
manage-licence-until = ASP 라이선스입니다. { $until }까지 사용할 수 있습니다.
manage-licence-ends-soon = 라이선스가 { $until }에 끝납니다. 서버 담당자에게 갱신을 요청하세요.
manage-licence-ended = 라이선스가 { $until }에 끝나 상담원이 새 세션을 시작할 수 없습니다. 기록은 계속 볼 수 있습니다.
manage-licence-left = 생성 가능 수
manage-licence-left-of = { $left } (전체 { $total })
manage-licence-pc = PC
manage-licence-pc-mobile = PC + 모바일
manage-licence-none-left = 상담원 { $total }명을 모두 만들었습니다. 더 만들려면 사용하지 않는 상담원을 삭제하거나 서버 담당자에게 요청하세요.

## 상담원 관리 (D-3 … D-8)
manage-operator-mobile = 모바일 / 비디오 원격지원 사용
manage-operator-address = 접속IP(공인/사설)
manage-operator-address-public = 접속IP(공인)
manage-operator-address-local = 접속IP(사설)
manage-operator-address-hidden = – (브라우저가 알려 주지 않음)
manage-operator-address-untold = – (아직 알려 오지 않음)
manage-operator-rights = 지원권한
manage-operator-rights-pc = PC
manage-operator-rights-pc-mobile = PC, 모바일
manage-operator-list = 목록
manage-operator-save = 수정하기
manage-operator-confirm = { $name } 상담원의 정보와 옵션을 바꿉니다.
manage-operator-delete = 상담원 삭제
manage-operator-delete-text = { $name } ({ $login }) 상담원을 삭제합니다. 진행 중인 세션은 끝나고, 되돌릴 수 없습니다. 지원기록과 통계는 그대로 남습니다.
manage-operator-second-step = 2단계 인증
manage-operator-second-step-on = 사용
manage-operator-second-step-off = 사용안함
manage-operator-second-step-turn-off = 해제
manage-operator-second-step-title = 2단계 인증 해제
manage-operator-second-step-text = { $name }({ $login }) 상담원은 2단계 인증을 다시 사용할 때까지 Password만으로 로그인합니다. 코드를 보여 주는 휴대폰을 잃어버렸을 때 해제하세요.
manage-operator-second-step-done = { $name } 상담원의 2단계 인증을 해제했습니다.
manage-operator-sign-out = 강제 로그아웃
manage-operator-sign-out-text = { $name } 상담원이 모든 곳에서 로그아웃되고, 진행 중인 세션이 끝납니다.
manage-operator-signed-out = { $name } 상담원을 로그아웃했습니다.
manage-password-keep = 비워 두면 지금 Password를 그대로 씁니다.

## 상담원 가져오기 (D-8)
manage-operators-import = 파일에서 가져오기
manage-import-lead = CSV나 엑셀 파일로 여러 상담원을 한 번에 만들거나 바꿉니다. 저장하기 전에 모든 줄을 확인합니다.
manage-import-columns = 첫 줄에는 열 이름이 있어야 합니다: ID, 상담원 이름, Password, 회사이름, 소속부서, 전화번호, 이메일, 모바일 / 비디오 원격지원 사용. ID가 이미 있으면 그 상담원을 바꾸고, 빈 칸은 그대로 둡니다.
manage-import-example = 지금 상담원 목록을 엑셀로 받아 고쳐서 쓸 수 있습니다.
manage-import-choose = 파일 선택
manage-import-rows = 파일 내용
manage-import-line = 줄
manage-import-effect = 처리
manage-import-create = 생성
manage-import-update = 수정
manage-import-nothing = 변경 없음
manage-import-no-department = 이 이름의 부서가 없습니다.
manage-import-refused = 가져올 수 없음
manage-import-counts = 생성 { $create }명, 수정 { $update }명, 변경 없음 { $nothing }명, 가져올 수 없음 { $bad }명
manage-import-bad = 가져올 수 없는 { $bad }줄은 건너뜁니다. 파일을 고쳐 다시 선택할 수도 있습니다.
manage-import-go = { $good }명 가져오기
manage-import-confirm = 상담원 { $good }명을 만들거나 바꿉니다. { $bad }줄은 건너뜁니다.
manage-import-running = 가져오는 중
manage-import-stop = 중지
manage-import-done = 상담원 { $created }명을 만들고 { $updated }명을 바꾸었습니다.
manage-import-stopped = 중지했습니다. 그때까지 상담원 { $created }명을 만들고 { $updated }명을 바꾸었습니다.
manage-import-left = 거절된 { $refused }줄은 건너뛰었습니다. 아래에서 이유를 확인하세요.
manage-import-again = 거절된 줄 다시 확인

## 상담유형 순서 (E-2)
manage-support-type-order-hint = 끌어서 순서를 바꿉니다. 키보드로는 ≡에서 Enter를 누르고 화살표로 옮깁니다. 상담원도 이 순서로 봅니다.
manage-support-type-drag = ‘{ $name }’ 옮기기
manage-support-type-ordered = 순서를 저장했습니다.
manage-move-up = ‘{ $name }’ 위로
manage-move-down = ‘{ $name }’ 아래로

## 고객 화면 (O-4)
manage-item-branding = 고객 화면
manage-item-branding-about = 고객이 접속번호를 입력하는 화면의 로고와 안내문을 정합니다.
manage-branding-lead = 고객이 접속번호를 입력하는 화면에 보이는 로고와 안내문입니다. 서비스이름은 관리자정보 수정에서 바꿉니다. 저장하면 바로 적용됩니다.
manage-branding-logo = 로고
manage-branding-logo-about = PNG, JPEG 또는 WebP 파일, 256 KiB 이하. 서비스이름 옆에 작게 표시됩니다.
manage-branding-logo-too-large = 파일이 너무 큽니다. 로고는 256 KiB 이하여야 합니다.
manage-branding-logo-choose = 로고 선택
manage-branding-logo-remove = 로고 삭제
manage-branding-logo-late = 그사이 다른 관리자가 로고를 바꾸었습니다. 지금은 그 로고가 적용되어 있으며, 선택한 “{ $file }” 파일은 그대로 남아 있습니다.
manage-branding-logo-late-remove = 그사이 다른 관리자가 로고를 바꾸었습니다. 바뀐 로고는 삭제하지 않았습니다.
manage-branding-logo-over = 내 파일로 바꾸기
manage-branding-logo-remove-all-the-same = 그래도 삭제
manage-branding-logo-leave = 바뀐 로고 유지
manage-branding-text = 안내문
manage-branding-text-hint = 상담 시간이나 전화번호처럼 고객이 알아야 할 내용을 500자까지 적습니다.
manage-branding-not-shown = 이 서버에는 여러 회사가 있어, 고객이 접속번호를 입력하거나 상담원이 보낸 링크로 들어와 회사가 확인된 뒤부터 로고와 안내문이 보입니다.

## 관리자정보 (G-1, G-4)
manage-service-name = 서비스이름
manage-service-name-hint = 고객에게 보이는 이름입니다. 비워 두면 회사이름을 씁니다.
manage-operators-left = 상담원 생성 가능 수
manage-operators-left-of = { $left } (전체 { $total })
manage-password-change = 패스워드 변경
manage-password-change-about = 바꾸지 않으려면 비워 두세요. 바꾸면 다른 곳의 로그인은 모두 끊깁니다. API 토큰은 해당 페이지에서 폐기할 때까지 유효합니다.
manage-new-password = 새 Password
manage-new-password-confirm = 새 Password 확인
manage-present-password = 현재 Password
manage-password-changed = Password를 바꾸고 다른 곳의 로그인을 모두 끊었습니다.
manage-administrators = 관리자
manage-administrators-more = 더 보기 (남은 관리자 { $left }명)
manage-administrator-self = 나
manage-administrator-remove = 삭제
manage-administrator-remove-title = 관리자 삭제
manage-administrator-remove-text = { $name }({ $login }) 관리자를 삭제하고 바로 로그아웃시킵니다. 계속하려면 관리자 Password를 입력하세요.
manage-invitations = 초대한 관리자
manage-invited = 초대함
manage-invited-by = { $login } 초대
manage-invited-until = 유효 기한
manage-invite = 관리자 초대
manage-invite-text = 7일 안에 한 번만 쓸 수 있는 링크를 만듭니다. 초대할 사람의 이름과 관리자 Password를 입력하세요.
manage-invite-make = 링크 만들기
manage-invite-link = 초대 링크
manage-invite-link-text = 이 링크는 지금만 볼 수 있습니다. 복사해서 초대할 사람에게 안전하게 전달하세요.
manage-invite-withdraw = 초대 취소
manage-invite-withdraw-text = { $name } 님에게 보낸 초대를 취소합니다. 링크를 더 이상 사용할 수 없습니다.

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
manage-statistics-moving = 통계를 새 시간대({ $zone })로 옮기는 중입니다: { $percent }%. 끝날 때까지 일부 지원은 이전 시간대의 날짜와 시간에 집계됩니다. 모든 지원은 한 번씩만 집계됩니다.
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

## Files in records (F-02, F-16, F-17)
manage-event-file-started = { $to_customer ->
    [yes] 고객에게 파일을 보내기 시작했습니다: { $path }
   *[no] 고객에게서 파일을 가져오기 시작했습니다: { $path }
}
manage-event-file-finished = { $to_customer ->
    [yes] 고객에게 파일을 보냈습니다: { $path }
   *[no] 고객에게서 파일을 가져왔습니다: { $path }
}
manage-event-file-cancelled = { $to_customer ->
    [yes] 파일 보내기를 취소했습니다: { $path }
   *[no] 파일 가져오기를 취소했습니다: { $path }
}
manage-event-file-failed = { $to_customer ->
    [yes] 파일을 보내지 못했습니다({ $why }): { $path }
   *[no] 파일을 가져오지 못했습니다({ $why }): { $path }
}
manage-event-folder-made = 고객 컴퓨터에 폴더를 만들었습니다: { $path }
manage-event-file-renamed = 고객 컴퓨터에서 이름을 변경했습니다: { $path } → { $name }
manage-event-file-deleted = 고객 컴퓨터에서 삭제했습니다: { $path }
manage-event-file-deleted-in-part = 고객 컴퓨터에서 일부만 삭제했습니다: { $path }
manage-event-printer-on = 원격 프린터를 고객 PC에 추가했습니다: { $name }
manage-event-printer-off = 원격 프린터를 고객 PC에서 뺐습니다
manage-event-document-printed = 고객이 인쇄한 문서를 받았습니다: { $name } ({ $pages }쪽)
manage-event-document-lost = 고객이 인쇄한 문서를 받지 않고 버렸습니다: { $name }
manage-event-document-failed = 고객이 인쇄한 문서를 받지 못했습니다({ $why }): { $name }
manage-event-capture-fast = 화면을 빠른 방식(드라이버 모드)으로 캡처합니다
manage-event-capture-fast-no-shared-memory = 화면을 빠른 방식(드라이버 모드)으로 캡처합니다(공유 메모리 없음)
manage-event-capture-plain = 화면을 호환 방식으로 캡처합니다
manage-event-capture-plain-no-damage = 고객 디스플레이가 바뀐 곳을 알려 주지 않아 화면을 호환 방식으로 캡처합니다
manage-why-files-print-forbidden = 인쇄가 더 이상 허용되지 않음
manage-why-print-too-large = 너무 큰 문서
manage-why-print-too-many-pages = 너무 많은 쪽
manage-why-print-disk-full = 고객 PC의 공간 부족
manage-why-print-malformed = 올바르지 않은 내용
manage-why-print-format = 받을 수 없는 형식
manage-why-print-failed = 인쇄 실패
manage-refused-printer-forbidden = 원격 프린터
manage-refused-printer-paused = 일시정지 중의 원격 프린터
manage-refused-printer-too-fast = 너무 잦은 원격 프린터 켜고 끄기
manage-refused-files-print-forbidden = 인쇄된 문서 가져오기
manage-unsupported-printer-no-cups = 인쇄 시스템(CUPS)이 없음
manage-unsupported-printer-not-allowed = 인쇄 시스템이 프린터 추가를 허용하지 않음
manage-unsupported-printer-failed = 원격 프린터를 추가하지 못함
manage-unsupported-printer-no-platform = 이 시스템에는 아직 원격 프린터를 추가할 수 없음
manage-why-files-failed = 디스크 오류
manage-why-files-not-found = 없음
manage-why-files-denied = 권한 없음
manage-why-files-read-only = 읽기 전용 디스크
manage-why-files-disk-full = 디스크 공간 부족
manage-why-files-too-large = 너무 큼
manage-why-files-exists = 이미 있음
manage-why-files-is-folder = 같은 이름의 폴더가 있음
manage-why-files-not-a-file = 일반 파일이 아님
manage-why-files-not-a-folder = 폴더가 아님
manage-why-files-link = 중간에 링크가 있음
manage-why-files-name-refused = 쓸 수 없는 이름
manage-why-files-unsupported = 지원하지 않음
manage-why-files-changed = 읽는 동안 바뀜
manage-why-files-digest = 손상된 채 도착
manage-why-files-truncated = 알린 것보다 적게 도착
manage-why-files-more-than-claimed = 알린 것보다 많이 도착
manage-why-files-too-fast = 정해진 것보다 빠름
manage-why-files-malformed = 올바르지 않은 메시지
manage-why-files-connection-lost = 연결 끊김
manage-why-files-send-forbidden = 보내기가 더 이상 허용되지 않음
manage-why-files-fetch-forbidden = 가져오기가 더 이상 허용되지 않음
manage-why-files-folder-forbidden = 이 폴더로 보내기가 더 이상 허용되지 않음
manage-why-files-own-disk-full = 상담원 컴퓨터의 공간 부족
manage-why-files-own-denied = 상담원 폴더를 사용할 수 없음
manage-why-files-own-changed = 상담원 파일이 바뀜
manage-why-files-own-name = 상담원 컴퓨터에서 쓸 수 없는 이름
manage-why-files-own-failed = 상담원 브라우저의 읽기 또는 쓰기 실패
manage-refused-files-forbidden = 파일 전송
manage-refused-files-browse-forbidden = 고객 폴더 보기
manage-refused-files-send-forbidden = 파일 보내기
manage-refused-files-fetch-forbidden = 파일 가져오기
manage-refused-files-change-forbidden = 고객 폴더 변경
manage-refused-files-folder-forbidden = 다운로드 폴더가 아닌 곳으로 보내기
manage-refused-files-malformed = 올바르지 않은 파일 메시지
manage-refused-files-too-fast = 너무 빠른 파일 메시지
manage-refused-files-more-than-claimed = 알린 것보다 많은 파일 내용
manage-record-files = 주고받은 파일
manage-record-files-to-customer = 고객에게 보냄
manage-record-files-from-customer = 고객에게서 가져옴
manage-recordings = 화면 녹화
manage-recording-no = 녹화 { $no }
manage-recording-running = 녹화 중
manage-why-recording-stopped = 정상 종료
manage-why-recording-full = 저장 공간이 차서 끝남
manage-why-recording-lost = 연결이 끊겨 끝남
manage-why-recording-failed = 서버가 더 받지 못해 끝남
manage-recording-play = 녹화 { $no } 재생
manage-recording-close = 녹화 { $no } 닫기
manage-recording-save = 파일 저장
manage-recording-digest = 기록의 체인에 남은 녹화 다이제스트
manage-recording-copy = 고객용 사본
manage-recording-copy-wished = 고객이 지원 중에 녹화 사본을 요청했습니다.
manage-recording-copy-link = 고객용 링크 만들기
manage-recording-copy-means = 이 링크를 고객에게 보내 주세요. 7일 동안 쓸 수 있고 지금만 표시됩니다. 전에 만든 링크는 더 이상 쓸 수 없습니다.
manage-recording-film = 동영상 파일(WebM)
manage-recording-film-waiting = 차례를 기다리는 중
manage-recording-film-making = 만드는 중 { $percent }%
manage-recording-film-failed = 만들지 못함: { $why }
manage-recording-film-save = 동영상 { $no } 저장
manage-recording-film-again = 동영상 { $no } 다시 만들기
manage-recording-film-digest = 동영상 파일의 SHA-256. 기록의 체인에도 남아 있습니다
manage-why-film-empty = 녹화에 보이는 화면이 없습니다
manage-why-film-too-large = 화면이 너무 커서 재생할 수 있는 동영상이 되지 않습니다
manage-why-film-codec = 고객 브라우저의 영상 형식을 WebM에 담을 수 없습니다. 여기서 재생하거나 원본 파일을 저장하세요
manage-why-film-full = 회사의 녹화 저장 공간이 부족합니다. 한도를 늘리거나 오래된 기록을 삭제한 뒤 다시 만들어 주세요
manage-why-film-unreadable = 서버의 녹화 파일이 없거나 손상되었습니다
manage-why-film-fell-over = 만드는 동안 서버가 여러 번 멈췄습니다
manage-why-film-failed = 서버에 문제가 생겼습니다. 다시 만들어 주세요. 그래도 안 되면 서버 담당자에게 문의해 주세요
manage-recording-loading = 재생기를 불러오는 중
manage-recording-picture = 녹화된 화면
manage-recording-failed = 녹화를 재생할 수 없습니다. 페이지를 새로고침해 주세요. 그래도 안 되면 파일을 저장한 뒤 서버 담당자에게 문의해 주세요.
manage-recording-unknown-codec = 이 브라우저는 { $codec } 동영상을 표시할 수 없습니다. 최신 Chrome, Edge 또는 Firefox에서 이 페이지를 열거나, 동영상 파일을 저장해 다른 프로그램으로 재생해 주세요.
manage-recording-controls = 재생 제어
manage-recording-start = 재생
manage-recording-pause = 일시정지
manage-recording-position = 재생 위치
manage-recording-time = { $length } 중 { $at }
manage-recording-speed = 속도
manage-recording-mute = 음소거
manage-recording-unmute = 음소거 해제
manage-recording-volume = 음량
manage-recording-volume-now = { $percent }%
manage-recording-search = 이 녹화에서 찾기
manage-recording-search-hint = 채팅 내용, 파일 이름 등 있었던 일을 입력하세요. 줄을 누르면 그 시점으로 이동합니다.
manage-recording-search-none = 이 녹화에서 찾을 수 없습니다. 다른 말로 찾아보세요.

manage-event-clipboard = { $to_customer ->
    [yes] 클립보드: 상담원 → 고객
   *[no] 클립보드: 고객 → 상담원
    }, { $kind ->
    [text] 텍스트
    [picture] 그림
   *[files] 파일 { $count }개({ $names })
    }, { $size_bytes }바이트
manage-event-reboot-asked = 상담원이 재시작을 요청
manage-event-reboot-refused = 고객이 재시작을 허용하지 않음
manage-event-reboot-begun = 고객이 허용해 재시작을 시작
manage-event-reboot-by-hand = 고객이 직접 재시작하도록 준비
manage-event-reboot-cancelled = 재시작 취소
manage-event-reboot-failed = 재시작 실패: { $problem }
manage-event-reboot-returned = 재시작 후 같은 세션으로 돌아옴
manage-right-clipboard = 클립보드 공유
manage-right-reboot = 재시작 요청
manage-refused-clipboard-forbidden = 허용되지 않은 클립보드 넣기
manage-refused-clipboard-paused = 일시정지 중의 클립보드 넣기
manage-refused-clipboard-too-large = 너무 큰 클립보드 내용
manage-refused-clipboard-too-fast = 너무 빠른 클립보드 넣기
manage-refused-clipboard-too-many = 너무 많은 클립보드 사용
manage-refused-clipboard-malformed = 알아볼 수 없는 클립보드 내용
manage-refused-clipboard-copied-too-fast = 너무 빠르게 이어진 고객의 복사
manage-refused-clipboard-no-files = 도착한 파일이 없는 클립보드 넣기
manage-refused-reboot-forbidden = 허용되지 않은 재시작 요청
manage-refused-reboot-paused = 일시정지 중의 재시작 요청
manage-refused-reboot-too-fast = 다른 질문이 있거나 너무 빠른 재시작 요청
manage-refused-reboot-malformed = 알아볼 수 없는 재시작 요청
manage-unsupported-clipboard-no-display = 화면이 없어 클립보드를 쓸 수 없음
manage-unsupported-clipboard-no-xfixes = XFixes가 없어 클립보드를 쓸 수 없음
manage-unsupported-clipboard-no-platform = 아직 클립보드를 쓸 수 없는 운영체제임
manage-unsupported-clipboard-display-lost = 화면이 사라져 클립보드가 끊김
manage-unsupported-safe-mode-reconnect = 안전모드 재부팅(Windows 전용)
manage-unsupported-keep-uac = 사용자 계정 컨트롤(Windows 전용)
manage-unsupported-always-relay = 항상 서버 경유로 접속(아직 적용되지 않음)
manage-reboot-reboot-not-allowed = 이 사용자에게 허용되지 않음
manage-reboot-reboot-inhibited = 다른 프로그램이 막음
manage-reboot-reboot-not-prepared = 돌아올 준비를 저장하지 못함
manage-reboot-reboot-failed = 시스템이 응답하지 않음
manage-reboot-unsupported = 이 시스템에서는 할 수 없음
