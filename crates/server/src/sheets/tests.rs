use super::{Cell, Sheet, SheetKind, any_turn, disposition, excel::Excel};
use calamine::{Data, Reader as _, Xlsx};
use std::io::{BufReader, Read as _, Seek as _};

fn headers() -> Vec<String> {
    vec!["번호".to_owned(), "메모".to_owned(), "시작".to_owned(), "시간".to_owned()]
}

fn row(no: i64, memo: &str) -> [Cell; 4] {
    let at = jiff::civil::date(2026, 3, 1).at(9, 30, 15, 0);
    [Cell::Number(no), Cell::Text(memo.to_owned()), Cell::Moment(at), Cell::Seconds(117)]
}

/// typed cells, Korean intact, no formula whatever is written.
#[test]
fn excel_cells_are_typed_and_never_formulas() {
    let mut sheet = Sheet::new(any_turn(), SheetKind::Xlsx, "기록", &headers()).unwrap();
    sheet.add(&row(1, "=cmd|' /C calc'!A0")).unwrap();
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(BufReader::new(sheet.finish().unwrap().into_file())).unwrap();
    assert!(book.worksheet_formula("기록").unwrap().is_empty());
    let cells = book.worksheet_range("기록").unwrap();
    assert_eq!(cells.get_value((0, 1)), Some(&Data::String("메모".to_owned())));
    assert_eq!(cells.get_value((1, 0)), Some(&Data::Float(1.0)));
    assert_eq!(cells.get_value((1, 1)), Some(&Data::String("=cmd|' /C calc'!A0".to_owned())));
    let Some(Data::DateTime(at)) = cells.get_value((1, 2)) else { panic!("no date: {cells:?}") };
    assert!((at.as_f64() - 46_082.396_006_9).abs() < 1e-6, "{at:?}");
    assert!(matches!(cells.get_value((1, 3)), Some(Data::DateTime(_))));
}

/// Excel counts as UTF-16 does: a face is two.
#[test]
fn longer_texts_than_a_cell_takes_are_cut_between_characters() {
    let mut sheet = Sheet::new(any_turn(), SheetKind::Xlsx, "기록", &headers()).unwrap();
    sheet.add(&row(1, &"😀".repeat(20_000))).unwrap();
    sheet.add(&row(2, &"가".repeat(40_000))).unwrap();
    let file = sheet.finish().unwrap().into_file();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(BufReader::new(file)).unwrap();
    let cells = book.worksheet_range("기록").unwrap();
    assert_eq!(cells.get_value((1, 1)), Some(&Data::String("😀".repeat(16_383))));
    assert_eq!(cells.get_value((2, 1)), Some(&Data::String("가".repeat(32_767))));
}

/// what does not fit goes on a further sheet.
#[test]
fn rows_above_the_limit_go_on_further_sheets() {
    check_sheets(3, usize::MAX, "");
    // By size: two rows of markup, which takes more than it looks like.
    check_sheets(u32::MAX, 700, &"&".repeat(20));
}

fn check_sheets(limit: u32, most: usize, memo: &str) {
    let mut excel = Excel::with_limits(&std::env::temp_dir(), "기록", &headers(), limit, most).unwrap();
    for no in 1..=5 {
        excel.add(&row(no, memo)).unwrap();
    }
    let mut file = excel.finish(&std::env::temp_dir()).unwrap();
    file.rewind().unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(BufReader::new(file)).unwrap();
    assert_eq!(book.sheet_names(), ["기록", "기록 2", "기록 3"]);
    let last = book.worksheet_range("기록 3").unwrap();
    assert_eq!(last.get_value((1, 0)), Some(&Data::Float(5.0)));
}

/// CSV's readers compute what begins like a formula, unless something stands before it.
#[test]
fn csv_defuses_formulas_and_quotes() {
    let mut sheet = Sheet::new(any_turn(), SheetKind::Csv, "기록", &headers()).unwrap();
    sheet.add(&row(1, "=1+1")).unwrap();
    sheet.add(&row(2, "가, \"나\"\n다")).unwrap();
    let mut text = String::new();
    sheet.finish().unwrap().into_file().read_to_string(&mut text).unwrap();
    let expected = "\u{feff}번호,메모,시작,시간\r\n1,'=1+1,2026-03-01 09:30:15,117\r\n\
                    2,\"가, \"\"나\"\"\n다\",2026-03-01 09:30:15,117\r\n";
    assert_eq!(text, expected);
}

#[test]
fn names_of_files_may_be_of_any_script() {
    assert_eq!(disposition("기록 1.csv"), "attachment; filename*=UTF-8''%EA%B8%B0%EB%A1%9D%201.csv");
}
