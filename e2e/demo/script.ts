// Who is in the demo and what they say, in the language of the demo customer and of the film.
import type { Language } from "../parts/labels.ts";

export interface Cast {
  company: string;
  names: { administrator: string; operator: string; department: string; supportType: string };
  noteTitle: string;
  note: string;
  /** What the operator types into the customer's terminal. */
  command: string;
  question: string;
  answer: string;
  thanks: string;
  customerName: string;
  memo: string;
}

export const cast: Record<Language, Cast> = {
  ko: {
    company: "한빛상사",
    names: { administrator: "박관리", operator: "김상담", department: "기술지원팀", supportType: "프린터" },
    noteTitle: "할 일",
    note: "오늘 할 일\n\n- 견적서 인쇄 (프린터가 멈춤)\n- 회의실 예약\n- 3시 고객 통화\n",
    command: "echo 안녕하세요, 프린터를 확인합니다",
    question: "프린터 모델이 무엇인가요?",
    answer: "LaserJet 1020",
    thanks: "용지가 걸렸네요. 이제 인쇄됩니다.",
    customerName: "이고객",
    memo: "용지 걸림. 대기열을 비우고 다시 인쇄함.",
  },
  en: {
    company: "Harbour Supplies",
    names: { administrator: "Ann Baker", operator: "Kim Harper", department: "Help desk", supportType: "Printer" },
    noteTitle: "To do",
    note: "Today\n\n- Print the quotation (the printer has stopped)\n- Book the meeting room\n- Call at three\n",
    command: "echo Hello, let me look at the printer",
    question: "Which printer is it?",
    answer: "LaserJet 1020",
    thanks: "Paper was stuck. It prints again now.",
    customerName: "Lee Carter",
    memo: "Paper jam. Cleared the queue and printed again.",
  },
};
