# 서버가 직접 쓰는 페이지
server-web-missing-title = 웹 페이지가 빌드되지 않았습니다
server-web-missing = 이 서버는 웹 페이지 없이 빌드되었습니다. web 폴더에서 "npm ci"와 "npm run build"를 실행한 다음 서버를 다시 빌드해 주세요.
server-not-found-title = 페이지를 찾을 수 없습니다
server-not-found = 주소나 받은 링크를 다시 확인하세요. 링크는 상담원이 다시 보내 드릴 수 있습니다.
server-ca-title = 이 서버의 인증서
server-ca = 이 서버는 자체 인증 기관으로 자신을 인증합니다. 인증 기관의 인증서를 한 번 설치하면 브라우저와 고객 프로그램이 경고 없이 이 서버를 신뢰합니다. 먼저 관리자와 지문을 비교해 주세요.
server-ca-download = 인증서 내려받기
server-ca-fingerprint = SHA-256 지문
server-ca-windows = Windows: 파일을 열어 인증서 설치, 로컬 컴퓨터, 신뢰할 수 있는 루트 인증 기관 저장소를 선택합니다.
server-ca-macos = macOS: 파일을 열어 시스템 키체인에 추가하고, 키체인에서 인증서를 열어 신뢰를 항상 신뢰로 바꿉니다.
server-ca-linux = Linux(프로그램용): 파일을 확장자 .crt로 /usr/local/share/ca-certificates에 복사하고 update-ca-certificates를 실행합니다.
server-ca-chrome-linux = Linux의 Chrome, Edge: 설정, 개인 정보 보호 및 보안, 보안, 인증서 관리에서 인증 기관으로 가져옵니다.
server-ca-firefox = Firefox: 설정, 개인 정보 및 보안, 인증서 보기, 인증 기관, 가져오기를 선택합니다.
server-ca-none-title = 자체 인증 기관 없음
server-ca-none = 이 서버는 외부에서 발급한 인증서를 사용하므로 설치할 것이 없습니다.

# 표 파일
sheet-on = 사용
sheet-off = 사용안함
sheet-operators = 상담원
sheet-operator-login = ID
sheet-operator-name = 상담원 이름
sheet-operator-password = Password
sheet-operator-company-name = 회사이름
sheet-operator-department = 소속부서
sheet-operator-phone = 전화번호
sheet-operator-email = 이메일
sheet-operator-mobile = 모바일 / 비디오 원격지원 사용

# 지원기록 파일
server-records-sheet = 지원기록
server-records-file = 지원기록
server-records-no = No
server-records-operator-login = 상담원 ID
server-records-operator-name = 상담원 이름
server-records-department = 부서
server-records-customer-name = 고객 이름
server-records-started = 시작 시각
server-records-ended = 종료 시각
server-records-duration = 시간
server-records-customer-os = 고객 OS
server-records-customer-os-version = 고객 OS 버전
server-records-resolution = 해결 여부
server-records-resolution-unchecked = 미체크
server-records-resolution-resolved = 해결
server-records-resolution-unresolved = 미해결
server-records-support-type = 상담유형
server-records-customer-address-public = 고객 IP (공인)
server-records-customer-address-private = 고객 IP (사설)
server-records-operator-address = 상담원 IP (공인)
server-records-operator-address-private = 상담원 IP (사설)
server-records-connection = 연결 방식
server-records-connection-direct = 직접 연결
server-records-connection-relayed = 서버 경유
server-records-connection-none = –
server-records-host-name = PC 이름
server-records-rating = 만족도
server-records-memo = 메모

# 통계 파일
server-statistics = 통계
server-statistics-by-month = 월별
server-statistics-by-day = 일별
server-statistics-by-hour = 시간대별
server-statistics-by-operator = 상담원별
server-statistics-by-duration = 상담시간별
server-statistics-by-os = 고객OS별
server-statistics-by-support-type = 상담유형별
server-statistics-by-satisfaction = 고객만족도별
server-statistics-column-month = 월
server-statistics-column-day = 날짜
server-statistics-column-hour = 시간대
server-statistics-column-login = 상담원 ID
server-statistics-column-name = 상담원 이름
server-statistics-column-length = 상담시간
server-statistics-column-os = 고객 OS
server-statistics-column-support-type = 상담유형
server-statistics-column-supports = 건수
server-statistics-column-share = 비율
server-statistics-column-duration = 총 시간
server-statistics-column-average = 평균 시간
server-statistics-column-before = 이전 기간
server-statistics-column-difference = 증감
server-statistics-column-change = 증감률
server-statistics-column-rated-5 = 5점
server-statistics-column-rated-4 = 4점
server-statistics-column-rated-3 = 3점
server-statistics-column-rated-2 = 2점
server-statistics-column-rated-1 = 1점
server-statistics-column-unrated = 미평가
server-statistics-total = 합계
server-statistics-none = (없음)
server-statistics-length-under = { $to }분 미만
server-statistics-length = { $from }분 이상 { $to }분 미만
server-statistics-length-over = { $from }분 이상

# Invitations of customers, in the customer's language
server-invitation-subject = { $service } 원격지원 접속번호 { $code }
server-invitation-letter =
    안녕하세요.

    { $company }에서 { $service } 원격지원에 초대합니다.

    도움이 필요한 컴퓨터에서 아래 주소를 열어 주세요.
    { $link }

    또는 원격지원 페이지에서 접속번호를 입력해 주세요: { $code }

    접속번호는 { $minutes }분 동안 한 번만 쓸 수 있습니다. 동의하기 전에는 아무도 화면을 볼 수 없고, 언제든지 중지할 수 있습니다.

    도움을 요청한 적이 없다면 이 메시지를 무시해 주세요.
server-invitation-short = [{ $service }] 원격지원 접속번호 { $code } ({ $minutes }분 동안 유효): { $link }
