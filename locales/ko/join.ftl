# 고객이 여는 페이지
join-title = 원격지원 받기
join-lead = 상담원이 알려 준 여섯 자리 번호를 입력하세요.
join-lead-link = 링크로 번호가 입력되었습니다. 상담원이 보낸 링크라면 다음을 누르세요.
join-code = 접속번호
join-next = 다음
join-joining = 접속번호를 확인하고 있습니다
join-limit-ios = iPhone과 iPad의 브라우저에서는 화면을 공유할 수 없습니다. PC나 Mac에서 이 페이지를 열어 주세요.
join-limit-android = Android 휴대전화와 태블릿의 브라우저에서는 화면을 공유할 수 없습니다. PC에서 이 페이지를 열어 주세요.
join-limit-browser = 이 브라우저로는 연결할 수 없습니다. 최신 Chrome, Edge, Firefox, Safari에서 열어 주세요.
join-limit-share = 이 브라우저로는 화면을 공유할 수 없습니다. 아래에서 프로그램을 내려받거나 다른 브라우저에서 열어 주세요.

join-problem-six-digits = 접속번호는 숫자 여섯 자리입니다.
join-problem-code-unknown = 없는 접속번호입니다. 번호를 다시 확인하세요.
join-problem-code-expired = 유효 시간이 지난 접속번호입니다. 상담원에게 새 번호를 요청하세요.
join-problem-code-used = 이미 사용한 접속번호입니다. 상담원에게 새 번호를 요청하세요.
join-problem-rate-limited = 시도가 너무 많습니다. { $seconds }초 뒤에 다시 시도하세요.
join-problem-protocol-too-old = 페이지가 오래되었습니다. 새로 고친 뒤 다시 시도하세요.
join-problem-protocol-too-new = 서버가 이 페이지보다 오래된 버전입니다. 상담원에게 알려 주세요.
join-problem-bad-message = 서버와 통신하지 못했습니다. 새로 고친 뒤 다시 시도하세요.
join-problem-unreachable = 서버에 연결할 수 없습니다. 네트워크를 확인한 뒤 다시 시도하세요.
join-problem-share-cancelled = 공유할 화면을 고르지 않았습니다. 단추를 다시 누르면 고를 수 있습니다.
join-problem-share-failed = 이 컴퓨터에서 화면을 가져오지 못했습니다. 다른 창이나 화면을 골라 다시 시도하세요.
join-problem-connection = 상담원과 연결하지 못했습니다. 다시 연결되기를 기다리는 중입니다.
join-problem-other = 연결하지 못했습니다. 잠시 후 다시 시도하세요.

join-consent-title = 화면을 보여 주시겠습니까?
join-company = 회사
join-service = 서비스
join-operator = 상담원
join-operator-waiting = 기다리는 중
join-wait-operator = 상담원이 들어오면 동의할 수 있습니다.
join-rights = 동의하면
join-rights-connect = 연결을 누르면
join-right-view = 다음에 고르는 화면을 상담원이 봅니다.
join-right-chat = 상담원과 채팅할 수 있습니다.
join-right-capture = 상담원이 공유한 화면을 캡처해 보관할 수 있습니다.
join-right-record = 상담원이 공유한 화면을 녹화할 수 있습니다.
join-right-record-voice = 상담원이 공유한 화면과 양쪽 음성을 녹화할 수 있습니다.
join-right-talk = 상담원이 음성 대화를 요청할 수 있습니다. 마이크는 그때마다 허용해야 켜집니다.
join-right-operator-screen = 상담원이 자신의 화면을 보여 주겠다고 요청할 수 있습니다.
join-right-invite = 상담원이 다른 상담원을 부를 수 있습니다. 들어오기 전에 묻습니다.
join-right-invite-told = 상담원이 다른 상담원을 부를 수 있습니다. 들어오면 알려 드립니다.
join-right-operator-control = 상담원이 자신의 PC를 보여 주고 제어를 맡기겠다고 요청할 수 있습니다. 그때마다 묻습니다.
join-right-no-control = 상담원은 이 컴퓨터를 조작할 수 없습니다.
join-right-stop = 언제든지 ‘중지’를 누르면 바로 끝납니다.
join-agree = 동의
join-connect = 연결
join-connect-hint = 연결을 누르면 브라우저가 어떤 화면을 공유할지 묻습니다. 그 전에는 아무것도 전송되지 않습니다.
join-agree-hint = 동의를 누르면 브라우저가 어떤 화면을 공유할지 묻습니다. 그 전에는 아무것도 전송되지 않습니다.
join-decline = 거절

join-recording-allow = 녹화 허용
join-recording-needed = 이 회사는 녹화에 동의한 고객만 지원합니다. 동의하지 않으면 상담이 끝납니다.
join-recording-on = 녹화 중 – 누르면 중지
join-recording-held = 녹화 보류 중 – 누르면 중지

join-may = 상담원이 할 수 있는 것
join-talk-allow = 음성 대화 허용
join-operator-screen-allow = 상담원 화면 허용
join-invite-allow = 다른 상담원 허용
join-operator-control-allow = 상담원의 PC 제어 허용

join-ask-allow = 허용
join-ask-refuse = 허용 안 함
join-ask-record = { $company } { $operator } 님이 녹화하려고 합니다
join-ask-record-unnamed = { $company } 상담원이 녹화하려고 합니다
join-ask-record-means = 허용하면 공유한 화면이 녹화됩니다. 언제든지 멈출 수 있습니다.
join-ask-talk = { $company } { $operator } 님이 음성으로 대화하려고 합니다
join-ask-talk-unnamed = { $company } 상담원이 음성으로 대화하려고 합니다
join-ask-talk-means = 허용하면 마이크가 켜집니다. 브라우저가 한 번 더 물을 수 있습니다.
join-ask-talk-recorded = 녹화 중에는 양쪽 음성도 녹화됩니다.
join-ask-operator-screen = { $company } { $operator } 님이 자신의 화면을 보여 주려고 합니다
join-ask-operator-screen-unnamed = { $company } 상담원이 자신의 화면을 보여 주려고 합니다
join-ask-operator-screen-means = 허용하면 이 페이지에 나타납니다. 보기만 할 수 있습니다.
join-ask-operator-control = { $company } { $operator } 님이 자신의 PC를 보여 주고 고객님께 제어를 맡기려고 합니다
join-ask-operator-control-unnamed = { $company } 상담원이 자신의 PC를 보여 주고 고객님께 제어를 맡기려고 합니다
join-ask-operator-control-means = 허용하면 상담원의 PC를 새 탭에서 여는 단추가 나타납니다.
join-ask-invite = { $company } { $operator } 님이 다른 상담원을 부르려고 합니다
join-ask-invite-unnamed = { $company } 상담원이 다른 상담원을 부르려고 합니다
join-ask-invite-means = 허용하면 다른 상담원을 초대할 수 있습니다. 공유하는 화면은 그대로입니다.
join-ask-second = { $company } { $operator } 상담원이 들어오려고 합니다
join-ask-second-view = 허용하면 공유한 화면을 보고 함께 채팅합니다.
join-ask-second-hand-over = 허용하면 지금 상담원 대신 상담을 이어 갑니다.

join-second-there = { $name } 상담원도 공유한 화면을 봅니다.
join-second-comes = { $name } 상담원이 들어오는 중입니다.
join-second-away = 내보내기

join-voice = 음성
join-voice-on = 상담원과 말할 수 있습니다. 내 마이크가 켜져 있습니다.
join-voice-muted = 내 마이크가 꺼져 있습니다.
join-voice-operator-muted = 상담원의 마이크가 꺼져 있습니다. 내 마이크는 켜져 있습니다.
join-voice-held = 일시정지 중에는 마이크가 꺼집니다.
join-voice-microphone-denied = 브라우저가 이 페이지의 마이크 사용을 막고 있습니다. 주소창에서 허용한 다음, 음성을 끝내고 상담원에게 다시 요청해 달라고 하세요.
join-voice-microphone-none = 마이크가 없습니다. 연결한 다음 아래에서 고르세요.
join-voice-microphone-taken = 마이크가 사용 중이거나 작동하지 않습니다. 아래에서 다른 마이크를 고르세요.
join-voice-said = 나
join-voice-heard = 상담원
join-voice-mute = 음소거
join-voice-unmute = 음소거 해제
join-voice-end = 음성 끝내기
join-voice-microphone = 마이크
join-voice-speaker = 스피커
join-voice-default = 브라우저가 고른 장치
join-microphone-on = 마이크 켜짐
join-microphone-off = 마이크 꺼짐

join-operator-screen = { $operator } 상담원의 화면
join-operator-screen-unnamed = 상담원의 화면
join-operator-screen-means = 보기만 할 수 있습니다. 내 화면이 아닙니다.
join-operator-screen-held = 일시정지 중에는 상담원의 화면이 보이지 않습니다.
join-operator-screen-large = 전체 화면
join-operator-screen-stop = 그만 보기

join-operator-control = { $operator } 상담원의 PC
join-operator-control-unnamed = 상담원의 PC
join-operator-control-ready = 상담원이 자신의 PC에서 동의하면 화면이 나타납니다. 단추는 잠시 동안 한 번만 쓸 수 있습니다.
join-operator-control-open = 새 탭에서 열기
join-operator-control-leave = 열지 않기
join-operator-control-opened = 다른 탭에 열려 있습니다. 이 페이지의 상담은 그대로 이어집니다.
join-operator-control-end = 그만 보기

join-bar = 연결 상태
join-who = { $company } · { $operator }
join-now-watching = 공유한 화면을 보고 있습니다. 조작은 할 수 없습니다.
join-now-connecting = 상담원과 연결하는 중입니다.
join-now-paused = 지금은 아무것도 보이지 않습니다.
join-now-held = 일시정지: 계속할 때까지 아무것도 보이지 않습니다.
join-stop = 중지
join-pause = 일시정지
join-resume = 계속
join-server-away = 서버와 연결이 끊겼습니다. 다시 연결하는 중이며, 화면 공유는 계속됩니다.
join-share-stopped = 화면 공유를 멈췄습니다. 상담원은 지금 화면을 보지 못합니다.
join-share-again = 다시 공유
join-part-change = 다른 화면 공유
join-part-asked = 상담원이 다른 창이나 화면을 공유해 달라고 합니다. 고객님이 정합니다.
join-part-keep = 그대로 두기

join-app = 프로그램으로 제어 허용
join-app-why = 상담원이 직접 조작해야 한다면 고객 프로그램을 사용하세요. 상담은 그대로 이어집니다.
join-app-view = 프로그램으로 화면 공유
join-app-view-why = 고객 프로그램으로 화면을 보여 줄 수 있습니다. 상담은 그대로 이어집니다.
join-app-asked = 프로그램을 준비하는 중입니다
join-app-title = 프로그램으로 이어가기
join-app-download = { $os }용 프로그램 내려받기 ({ $megabytes } MB)
join-app-linux = 내려받은 파일을 마우스 오른쪽 단추로 누르고 ‘속성 > 권한’에서 ‘실행 허용’을 켠 뒤 두 번 누르세요.
join-app-linux-terminal = 또는 터미널에서 이렇게 실행하세요.
join-app-run = 내려받은 { $name } 파일을 두 번 눌러 실행하세요.
join-app-confirm = 열린 창에서 번호를 확인하고 ‘다음’을 누르세요. 이 페이지의 공유는 저절로 끝납니다.
join-app-left = 남은 시간 { $minutes }분 { $seconds }초
join-app-expired = 프로그램용 번호가 만료되었습니다.
join-app-missing = 이 서버에는 { $os }용 프로그램이 없습니다. 브라우저로 화면만 보여 줄 수 있습니다.

join-chat = 채팅
join-message = 메시지
join-message-placeholder = 상담원에게 보낼 메시지
join-send = 보내기
join-chat-you = 나
join-chat-waiting = 보내는 중
join-chat-sent = 보냄
join-chat-delivered = 전달됨

join-ended-title = 상담이 끝났습니다
join-ended-unknown = 연결이 종료되었습니다.
join-ended-customer-stopped = 중지를 눌러 끝냈습니다.
join-ended-customer-declined = 동의하지 않아 연결하지 않았습니다.
join-ended-operator-ended = 상담원이 상담을 끝냈습니다.
join-ended-lost = 연결이 끊겼습니다. 상담원에게 새 번호를 요청하세요.
join-ended-recording-refused = 녹화에 동의하지 않아 상담을 마쳤습니다. 이 회사는 녹화에 동의해야 지원합니다.
join-ended-expired = 접속번호의 유효 시간이 지났습니다.
join-ended-server-failed = 서버에 문제가 생겨 상담이 끝났습니다. 상담원에게 새 번호를 요청하세요.
join-ended-nothing-shared = 화면은 더 이상 공유되지 않습니다.
join-ended-never-shared = 화면은 전혀 공유되지 않았습니다.

join-survey-title = 상담은 어떠셨습니까?
join-survey-rating-5 = 매우 만족
join-survey-rating-4 = 만족
join-survey-rating-3 = 보통
join-survey-rating-2 = 불만족
join-survey-rating-1 = 매우 불만족
join-survey-comment = 의견 (선택)
join-survey-limit = { $max }자까지 쓸 수 있습니다. 지금 { $count }자
join-survey-send = 보내기
join-survey-sending = 보내는 중
join-survey-skip = 건너뛰기
join-survey-thanks = 의견을 보내 주셔서 감사합니다.
join-copy-wish = 녹화 사본 요청
join-copy-wished = 녹화 사본을 요청했습니다. 상담이 끝난 뒤 마지막 화면에서 받거나 회사에서 받을 수 있습니다.
join-copy-ask = 녹화 사본 받기
join-copy-asking = 요청하는 중
join-copy-about = 이 상담은 녹화되었습니다. 사본을 받을 수 있는 링크를 7일 동안 쓸 수 있습니다.
join-copy-opened = 아래 링크에서 사본을 받을 수 있습니다. 링크는 7일 동안 쓸 수 있습니다.
join-copy-problem = 사본을 요청하지 못했습니다. 잠시 후 다시 시도해 주세요.
join-copy-problem-none = 받을 수 있는 녹화 사본이 없습니다. 상담한 회사에 문의해 주세요.
join-copy-title = 녹화 사본
join-copy-whose = { $service }({ $company })에서 받은 원격지원의 녹화입니다.
join-copy-until = { $date }까지 이 페이지에서 내려받을 수 있습니다. 링크를 아는 사람은 누구나 받을 수 있으니 다른 사람에게 알려 주지 마세요.
join-copy-loading = 녹화 사본을 찾는 중
join-copy-gone = 이 링크로 받을 수 있는 녹화 사본이 없습니다. 링크의 기한이 지났거나 회사가 제공을 중지했습니다. 상담한 회사에 문의해 주세요.
join-copy-unreachable = 서버에 연결할 수 없습니다. 인터넷 연결을 확인한 뒤 다시 시도해 주세요.
join-copy-retry = 다시 시도
join-copy-recording = 녹화 { $no }
join-copy-waiting = 차례를 기다리는 중입니다. 이 페이지는 저절로 바뀝니다.
join-copy-making = 만드는 중입니다. { $percent }%
join-copy-ready = 준비되었습니다. { $size }
join-copy-failed = 이 녹화는 동영상 파일로 만들지 못했습니다. 상담한 회사에 문의해 주세요.
join-copy-save = 동영상 { $no } 내려받기
join-copy-player = WebM 동영상입니다. 크롬, 엣지 같은 브라우저에서 재생할 수 있습니다.
join-receipt-save = 확인증 저장
join-receipt-file = 원격지원 확인증
join-receipt-text =
    원격지원 확인증

    { $service } ({ $company })
    세션: { $session }
    종료: { $ended }
    기록의 해시: { $hash }
    서버의 키: { $key }

    이 확인증이 있으면 이 원격지원의 기록이 그때 끝난 그 기록이며 아무것도 바뀌지 않았음을 나중에 확인할 수 있습니다.
    beside-server record verify FILE --key { $key } --receipt { $hash }
join-survey-problem-no-rating = 만족도를 하나 골라 주세요.
join-survey-problem-too-long = 의견이 너무 깁니다. 1,000자까지 줄여 주세요.
join-survey-problem-characters-not-allowed = 의견에 쓸 수 없는 문자가 있습니다. 특수한 제어 문자를 지워 주세요.
join-survey-problem-unreachable = 서버에 연결할 수 없어 보내지 못했습니다. 쓰신 내용은 그대로 있습니다. 잠시 후 다시 보내 주세요.
join-survey-problem-rate-limited = 요청이 너무 많아 보내지 못했습니다. 잠시 후 다시 보내 주세요.
join-survey-problem-survey-unknown = 이 상담의 조사가 없어 보낼 수 없습니다.
join-survey-problem-survey-over = 조사 기간이 지나 보낼 수 없습니다.
join-survey-problem-survey-answered = 이미 의견을 보내셨습니다. 감사합니다.
join-survey-problem-other = 보내지 못했습니다. 쓰신 내용은 그대로 있습니다. 잠시 후 다시 보내 주세요.

join-new-code = 다른 번호 입력
join-replaced-title = 프로그램으로 이어졌습니다
join-replaced-text = 고객 프로그램이 상담을 이어받았고, 이 페이지의 화면 공유는 끝났습니다.
join-replaced-close = 이 페이지는 닫아도 됩니다.
