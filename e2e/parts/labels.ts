// What stands on the controls, letter for letter (requirements §2–§7); the story is played once with each.
export type Language = "ko" | "en";

export interface Labels {
  id: string;
  password: string;
  passwordConfirm: string;
  signIn: string;
  signOut: string;
  administratorName: string;
  email: string;
  activate: RegExp;
  menu: { support: string; records: string; departments: string; newOperator: string; operators: string; supportTypes: string; allRecords: string };
  newDepartment: string;
  departmentName: RegExp;
  newSupportType: RegExp;
  supportTypeName: RegExp;
  save: string;
  operatorName: string;
  companyName: string;
  department: string;
  newSession: string;
  sessions: string;
  openSession: RegExp;
  connectionCode: string;
  /** Of the code form, of page and app. */
  next: string;
  agree: string;
  /** In Agree's place with S-02 off. */
  agreeByConnect: string;
  decline: string;
  allowControl: string;
  letOperatorControl: string;
  stop: string;
  control: string;
  end: string;
  exact: string;
  originalSize: string;
  fit: string;
  chat: string;
  message: string;
  send: string;
  record: string;
  supportType: string;
  resolution: string;
  resolved: string;
  customerName: string;
  memo: string;
}

const ko: Labels = {
  id: "ID",
  password: "Password",
  passwordConfirm: "Password 확인",
  signIn: "로그인",
  signOut: "로그아웃",
  administratorName: "이름",
  email: "이메일",
  activate: /^(계정 만들기|시작하기|활성화|저장)$/,
  menu: {
    support: "원격지원관리",
    records: "지원기록보기",
    departments: "부서관리",
    newOperator: "상담원 생성",
    operators: "상담원 관리",
    supportTypes: "상담유형 관리",
    allRecords: "전체기록보기",
  },
  newDepartment: "새 부서 생성",
  departmentName: /부서/,
  newSupportType: /상담유형/,
  supportTypeName: /상담유형/,
  save: "저장",
  operatorName: "상담원 이름",
  companyName: "회사이름",
  department: "소속부서",
  newSession: "새 세션",
  sessions: "세션",
  openSession: /열기$/,
  connectionCode: "접속번호",
  next: "다음",
  agree: "동의",
  agreeByConnect: "연결",
  decline: "거절",
  allowControl: "제어 허용",
  letOperatorControl: "프로그램으로 제어 허용",
  stop: "중지",
  control: "제어",
  end: "종료",
  exact: "정확",
  originalSize: "원본 크기",
  fit: "맞춤",
  chat: "채팅",
  message: "메시지",
  send: "보내기",
  record: "지원기록 작성",
  supportType: "상담유형",
  resolution: "해결 여부",
  resolved: "해결",
  customerName: "고객 이름",
  memo: "메모",
};

const en: Labels = {
  id: "ID",
  password: "Password",
  passwordConfirm: "Confirm password",
  signIn: "Sign in",
  signOut: "Sign out",
  administratorName: "Name",
  email: "E-mail",
  activate: /^(Activate|Create account|Start|Save)$/,
  menu: {
    support: "Support",
    records: "Records",
    departments: "Departments",
    newOperator: "New operator",
    operators: "Operators",
    supportTypes: "Support types",
    allRecords: "All records",
  },
  newDepartment: "New department",
  departmentName: /department/i,
  newSupportType: /support type/i,
  supportTypeName: /support type/i,
  save: "Save",
  operatorName: "Operator name",
  companyName: "Company name",
  department: "Department",
  newSession: "New session",
  sessions: "Sessions",
  openSession: /^Open /,
  connectionCode: "Connection code",
  next: "Next",
  agree: "Agree",
  agreeByConnect: "Connect",
  decline: "Decline",
  allowControl: "Allow control",
  letOperatorControl: "Let the operator control",
  stop: "Stop",
  control: "Control",
  end: "End",
  exact: "Exact",
  originalSize: "Original size",
  fit: "Fit",
  chat: "Chat",
  message: "Message",
  send: "Send",
  record: "Support record",
  supportType: "Support type",
  resolution: "Resolution",
  resolved: "Resolved",
  customerName: "Customer name",
  memo: "Memo",
};

export const labels: Record<Language, Labels> = { ko, en };
