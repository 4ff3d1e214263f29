//! Plausible Korean: names, systems, and memos as operators write them.

use rand::{Rng, seq::IndexedRandom as _};

pub(crate) const DEPARTMENTS: [&str; 24] = [
    "기술지원 1팀",
    "기술지원 2팀",
    "기술지원 3팀",
    "고객지원 1팀",
    "고객지원 2팀",
    "영업지원",
    "서울센터",
    "부산센터",
    "대구센터",
    "광주센터",
    "대전센터",
    "인천센터",
    "야간지원",
    "VIP 지원",
    "공공지원",
    "금융지원",
    "교육지원",
    "의료지원",
    "유통지원",
    "제조지원",
    "해외지원",
    "품질관리",
    "설치지원",
    "보안지원",
];
pub(crate) const SUPPORT_TYPES: [&str; 14] = [
    "프린터",
    "인터넷 연결",
    "프로그램 설치",
    "프로그램 오류",
    "인증서",
    "메일",
    "윈도우 업데이트",
    "백신/보안",
    "속도 저하",
    "화면/모니터",
    "한글 입력",
    "계정/비밀번호",
    "결제 오류",
    "기타",
];
/// With how often of a hundred.
const SYSTEMS: [(u32, &str, &str); 8] = [
    (46, "Windows", "Windows 11 Pro 23H2"),
    (26, "Windows", "Windows 10 Pro 22H2"),
    (12, "Windows", "Windows 11 Home 24H2"),
    (5, "Windows", "Windows 10 Home 22H2"),
    (5, "macOS", "macOS 15.1"),
    (3, "Linux", "Ubuntu 24.04.1 LTS"),
    (2, "Linux", "Debian GNU/Linux 12 (bookworm)"),
    (1, "Android", "Android 15"),
];
const FAMILIES: [&str; 20] = [
    "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황", "안",
    "송", "류", "남궁",
];
const GIVEN: [&str; 30] = [
    "민", "서", "지", "현", "수", "영", "준", "우", "진", "호", "은", "혜", "성", "재", "경", "미", "숙",
    "철", "희", "연", "하", "도", "윤", "아", "태", "원", "상", "동", "선", "주",
];
const THINGS: [&str; 28] = [
    "프린터 드라이버",
    "인터넷 익스플로러",
    "공동인증서",
    "전자세금계산서",
    "한글 파일",
    "엑셀 매크로",
    "아웃룩 메일",
    "보안 프로그램",
    "그룹웨어",
    "ERP 로그인",
    "화상회의 카메라",
    "스캐너",
    "공유 폴더",
    "VPN",
    "윈도우 업데이트",
    "백신 실시간 감시",
    "듀얼 모니터",
    "블루투스 헤드셋",
    "결제 모듈",
    "바코드 리더기",
    "원격 데스크톱",
    "USB 메모리",
    "네트워크 어댑터",
    "브라우저 캐시",
    "글꼴",
    "오피스 정품 인증",
    "카드 단말기",
    "급여명세서 출력",
];
const TROUBLES: [&str; 14] = [
    "설치가 안 됨",
    "오류 발생",
    "실행되지 않음",
    "접속 불가",
    "속도가 느림",
    "인쇄가 안 됨",
    "화면이 깨짐",
    "로그인 실패",
    "글자가 깨짐",
    "저장이 안 됨",
    "연결이 끊김",
    "팝업이 차단됨",
    "인식하지 못함",
    "비밀번호 분실",
];
const ACTIONS: [&str; 16] = [
    "재설치 후 정상 확인",
    "설정 변경으로 해결",
    "재부팅 후 확인",
    "드라이버 업데이트함",
    "캐시 삭제 후 정상",
    "담당자에게 이관",
    "고객이 직접 재시도하기로 함",
    "서비스 재시작함",
    "방화벽 예외 추가",
    "다시 연락드리기로 함",
    "원인 파악 중",
    "최신 버전으로 교체",
    "권한 부여 후 해결",
    "레지스트리 정리",
    "포트 개방 요청",
    "사용 방법 안내",
];
/// Rare, so that a search has something rare to find.
const RARE: [&str; 6] =
    ["랜섬웨어 의심", "메인보드 교체", "데이터 복구 의뢰", "Ωmega 단말기", "특허청 전자출원", "크롬북 😀"];

pub(crate) fn name(random: &mut impl Rng) -> String {
    let family = pick(random, &FAMILIES);
    let (one, two) = (pick(random, &GIVEN), pick(random, &GIVEN));
    format!("{family}{one}{two}")
}

/// A system and its version.
pub(crate) fn system(random: &mut impl Rng) -> (&'static str, &'static str) {
    let mut at = random.random_range(0..100);
    for (share, name, version) in SYSTEMS {
        if at < share {
            return (name, version);
        }
        at -= share;
    }
    ("", "")
}

/// A memo; three of ten have none.
pub(crate) fn memo(random: &mut impl Rng) -> String {
    if random.random_bool(0.3) {
        return String::new();
    }
    let mut memo =
        format!("{} {}. {}", pick(random, &THINGS), pick(random, &TROUBLES), pick(random, &ACTIONS));
    if random.random_bool(0.3) {
        memo.push_str(&format!(", {} {}", pick(random, &THINGS), pick(random, &ACTIONS)));
    }
    if random.random_bool(0.15) {
        memo.push_str(&format!(" (접수 {})", random.random_range(10_000..100_000)));
    }
    if random.random_bool(0.000_05) {
        memo.push_str(&format!(" {}", pick(random, &RARE)));
    }
    memo
}

pub(crate) fn public_address(random: &mut impl Rng) -> String {
    let block = pick(random, &["121.135", "211.36", "175.223", "1.234", "58.29", "222.107"]);
    format!("{block}.{}.{}", random.random_range(0..256), random.random_range(1..255))
}

pub(crate) fn private_address(random: &mut impl Rng) -> String {
    format!("192.168.{}.{}", random.random_range(0..4), random.random_range(2..255))
}

fn pick(random: &mut impl Rng, words: &[&'static str]) -> &'static str {
    words.choose(random).copied().unwrap_or_default()
}
