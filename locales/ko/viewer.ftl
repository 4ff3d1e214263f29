# 고객이 상담원의 PC를 보고 제어하는 페이지
viewer-title = 상담원의 PC
viewer-connecting-title = 연결하고 있습니다
viewer-connecting-text = 상담원의 PC를 찾고 있습니다.
viewer-waiting-title = 상담원을 기다리고 있습니다
viewer-waiting-text = 상담원이 자신의 PC에서 프로그램을 실행하고 동의하면 여기에 화면이 나타납니다.
viewer-dead-title = 더는 쓸 수 없는 링크입니다
viewer-dead-text = 링크는 잠시 동안 한 번만 쓸 수 있습니다. 상담원에게 다시 요청해 달라고 하세요.
viewer-ended-title = 끝났습니다
viewer-ended-text = 이제 상담원의 PC가 보이지 않습니다. 이 페이지를 닫아도 됩니다.
viewer-controls = 마우스와 키보드로 이 PC를 제어하고 있습니다
viewer-looks = 이 PC를 보고 있습니다
viewer-looks-only = 이 PC를 볼 수만 있습니다
viewer-take = 제어 시작
viewer-release = 제어 끝내기
viewer-stop = 중지

# 화면에 보이는 쪽을 고객이라고 부르는 상담 페이지의 문구 대신
console-picture = 상담원의 화면
console-connecting = 상담원의 PC에 연결하고 있습니다
console-wait-picture = 연결되었습니다. 화면을 기다리고 있습니다
console-interrupted = 연결이 끊겨 다시 잇고 있습니다
console-failed = 연결하지 못해 다시 시도하고 있습니다
console-away = 상담원의 PC와 연결이 끊겼습니다. 돌아오기를 기다리고 있습니다
console-control-customer-active = 상담원이 PC를 쓰고 있어 입력을 잠시 멈춥니다
console-paused = 상담원이 일시정지했습니다
console-paused-means = 상담원이 계속할 때까지 화면이 보이지 않고 입력도 되지 않습니다.
console-not-seen = 상담원이 화면을 보여 주지 않습니다
console-not-seen-means = 다시 보여 줄 때까지 기다리세요.
console-picture-closed = 상담원의 프로그램이 이 페이지가 그릴 수 있는 것보다 많이 보내 화면을 닫았습니다.
