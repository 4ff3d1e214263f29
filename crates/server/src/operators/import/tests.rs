use super::file::{FileError, read};
use crate::{
    sheets::{Cell, Sheet, SheetKind, any_turn},
    tests::{PASSWORD, TestServer, fields},
};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::Read as _;
use store::licences::{self, Licence};

const PREVIEW: &str = "/api/manage/operators/import/preview";
const IMPORT: &str = "/api/manage/operators/import";

fn logins(bytes: &[u8]) -> Result<Vec<String>, FileError> {
    let rows = read(bytes)?;
    Ok(rows.into_iter().map(|row| row.cells.into_iter().next().unwrap().1).collect())
}

/// D-8: as Excel and others write it.
#[test]
fn files_are_read_as_programs_write_them() {
    let korean = "ID,상담원 이름\r\nlee-02,이상담\r\n";
    assert_eq!(logins(korean.as_bytes()).unwrap(), ["lee-02"]);
    assert_eq!(logins(format!("\u{feff}{korean}").as_bytes()).unwrap(), ["lee-02"]);
    let (cp949, _, _) = encoding_rs::EUC_KR.encode(korean);
    assert_eq!(logins(&cp949).unwrap(), ["lee-02"]);
    assert_eq!(logins(b"ID;Name\nlee-02;x\n\n;\nkim-03;y").unwrap(), ["lee-02", "kim-03"]);
    assert_eq!(logins(b"id\tNAME\nlee-02\tx").unwrap(), ["lee-02"]);
    let mut sheet = Sheet::new(any_turn(), SheetKind::Xlsx, "x", &["ID".to_owned()]).unwrap();
    sheet.add(&[Cell::Text("lee-02".to_owned())]).unwrap();
    let mut bytes = Vec::new();
    sheet.finish().unwrap().into_file().read_to_end(&mut bytes).unwrap();
    assert_eq!(logins(&bytes).unwrap(), ["lee-02"]);
}

#[test]
fn what_is_no_table_of_operators_says_so() {
    let many = format!("ID\n{}", "abcd\n".repeat(1_001));
    for (bytes, error) in [
        (&b""[..], FileError::Empty),
        (b"ID\n", FileError::Empty),
        (b"Name\nlee", FileError::NoLogin),
        (b"ID\nle\0e", FileError::Unreadable),
        (b"\xff\xfe\x00", FileError::Unreadable),
        (b"PK\x03\x04 is not enough", FileError::Unreadable),
        (many.as_bytes(), FileError::TooLarge),
    ] {
        assert_eq!(read(bytes).err(), Some(error), "{bytes:?}");
    }
}

/// An archive that says it is small and unpacks for ever.
#[test]
fn an_archive_that_unpacks_to_much_is_refused() {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..40 {
        writer.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(read(&bytes).err(), Some(FileError::TooLarge));
}

/// A sheet of two cells that says that it has all the cells there are.
#[test]
fn a_sheet_takes_no_more_memory_than_its_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "ID").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    sheet.write_string(1_048_575, 0, "가".repeat(30_000)).unwrap();
    let rows = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].line, rows[0].cells[0].1.chars().count()), (1_048_576, 1_000));
}

/// A book of Excel around this sheet, as hostile programs write one: whole as an archive.
fn book(sheet: &[u8], whole: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(&name, stored).unwrap();
        writer.write_all(if name == "xl/worksheets/sheet1.xml" { sheet } else { &bytes }).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Files that are nearly right are read or refused: at random, and the same on every machine.
#[test]
fn files_that_are_nearly_right_are_read_or_refused() {
    let mut sheet =
        Sheet::new(any_turn(), SheetKind::Xlsx, "x", &["ID".to_owned(), "이메일".to_owned()]).unwrap();
    sheet.add(&[Cell::Text("lee-02".to_owned()), Cell::Number(7)]).unwrap();
    let mut whole = Vec::new();
    sheet.finish().unwrap().into_file().read_to_end(&mut whole).unwrap();
    let mut inner = Vec::new();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(&whole)).unwrap();
    parts.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_end(&mut inner).unwrap();
    assert_eq!(logins(&book(&inner, &whole)).unwrap(), ["lee-02"]);
    let text = "ID,이메일\r\nlee-02,\"a\nb\"\r\n\tkim;\u{feff}\r".as_bytes().to_vec();
    let mut mutation = fuzz::Mutation::of(8);
    let rows = |bytes: &[u8]| read(bytes).map_or(0, |rows| rows.len());
    for _ in 0..500 {
        let within = mutation.input(std::slice::from_ref(&inner));
        let around = mutation.input(std::slice::from_ref(&whole));
        let text = mutation.input(std::slice::from_ref(&text));
        for bytes in [book(&within, &whole), around, text] {
            assert!(rows(&bytes) <= super::file::MOST_ROWS);
        }
    }
}

/// D-8: whoever mends a file looks for the line where an editor shows it.
#[test]
fn lines_are_counted_as_editors_count_them() {
    for (file, expected) in [
        ("ID,이메일\nlee-01,a\nlee-02,b\n", [2, 3]),
        ("ID,이메일\r\nlee-01,a\r\nlee-02,b\r\n", [2, 3]),
        ("ID,이메일\rlee-01,a\rlee-02,b\r", [2, 3]),
        ("\u{feff}ID,이메일\r\n\r\nlee-01,a\r\n\r\n\r\nlee-02,b", [3, 6]),
        ("\n\nID,이메일\nlee-01,\"a\nb\"\nlee-02,b", [4, 6]),
    ] {
        let lines: Vec<usize> = read(file.as_bytes()).unwrap().iter().map(|row| row.line).collect();
        assert_eq!(lines, expected, "{file:?}");
    }
}

fn row(login: &str, change: &[(&str, &str)]) -> Value {
    let mut row = json!({
        "line": 2, "login": login, "name": "이상담", "password": PASSWORD, "company_name": "베타",
        "department": "기본부서", "phone": "", "email": "", "mobile": "", "found": null,
    });
    for (field, value) in change {
        row[*field] = json!(value);
    }
    row
}

/// D-8: the preview lists every bad row and changes nothing; what is chosen is brought in, with one password.
#[tokio::test]
async fn a_file_is_previewed_and_the_chosen_rows_come_in() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let file = format!(
        "ID,상담원 이름,Password,소속부서,이메일\nlee-02,이상담,{PASSWORD},,l@b.kr\nLEE-02,또,{PASSWORD},,\n\
         KIM_01,김새이름,,기본부서,\nkim_01,,,,\nx,,short,없는부서,메일\n"
    );
    let preview = browser.upload(PREVIEW, file.into_bytes()).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    let told: Vec<_> = preview.body["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let codes: Vec<_> = row["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|error| {
                    format!("{} {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap())
                })
                .collect();
            (row["line"].as_i64().unwrap(), row["action"].as_str().unwrap().to_owned(), codes.join(", "))
        })
        .collect();
    let expected = [
        (2, "create", ""),
        (3, "create", "login given-twice"),
        (4, "update", ""),
        (5, "nothing", "login given-twice"),
        (
            6,
            "create",
            "login too-short, password too-short, name required, department unknown-choice, email email-not-valid",
        ),
    ];
    let expected = expected.map(|(line, action, codes)| (line, action.to_owned(), codes.to_owned()));
    assert_eq!(told, expected);
    assert_eq!(browser.get("/api/manage/operators").await.body["total"], 1);
    let rows: Vec<_> = [0, 2].iter().map(|at| preview.body["rows"][*at].clone()).collect();
    let refused = browser.post(IMPORT, json!({ "rows": rows, "administrator_password": "" })).await;
    assert_eq!(refused.fields(), fields([("administrator_password", "required")]));
    let done = browser.post(IMPORT, json!({ "rows": rows, "administrator_password": PASSWORD })).await;
    assert_eq!(done.body, json!({ "created": 1, "updated": 1 }));
    let listed = browser.get("/api/manage/operators").await.body;
    let names: Vec<_> = listed["operators"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["김새이름", "이상담"]);
    let typed = json!({ "company": "beta", "id": "lee-02", "password": PASSWORD });
    assert_eq!(server.browser().post("/api/console/sign-in", typed).await.status, StatusCode::OK);
    let old = json!({ "company": "beta", "id": "kim_01", "password": PASSWORD });
    assert_eq!(server.browser().post("/api/console/sign-in", old).await.status, StatusCode::OK, "kept");
}

#[tokio::test]
async fn one_bad_row_brings_nothing_in() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let rows = json!([row("good-01", &[]), row("bad-0001", &[("department", "x"), ("mobile", "maybe")])]);
    let answer = browser.post(IMPORT, json!({ "rows": rows, "administrator_password": PASSWORD })).await;
    let expected = fields([("rows.1.department", "unknown-choice"), ("rows.1.mobile", "yes-or-no")]);
    assert_eq!(answer.fields(), expected);
    let many: Vec<_> = (0..51).map(|n| row(&format!("many-{n}"), &[])).collect();
    let answer = browser.post(IMPORT, json!({ "rows": many, "administrator_password": PASSWORD })).await;
    assert_eq!(answer.problem(), (413, "too-large"));
    let mobile = json!([row("good-01", &[]), row("good-02", &[("mobile", "사용")])]);
    let answer = browser.post(IMPORT, json!({ "rows": mobile, "administrator_password": PASSWORD })).await;
    assert_eq!(answer.fields(), fields([("rows.1.mobile", "licence-mobile-full")]));
    assert_eq!(browser.get("/api/manage/operators").await.body["total"], 1, "not even the good one before");
    // Lowered since the preview: every row that finds no place is told, and those that need none are not.
    set_licence(&server, company.id, 2, 0).await;
    let rows = json!([
        row("good-01", &[]),
        row("late-01", &[]),
        row("kim_01", &[("password", "")]),
        row("late-02", &[])
    ]);
    let mut rows = json!({ "rows": rows, "administrator_password": PASSWORD });
    rows["rows"][2]["found"] = json!({ "id": company.operator, "revision": 0 });
    let answer = browser.post(IMPORT, rows).await;
    let expected = fields([("rows.1.login", "licence-full"), ("rows.3.login", "licence-full")]);
    assert_eq!(answer.fields(), expected, "{}", answer.text);
}

/// Two administrators: what one of them saves between the other's preview and import stays, and the row says so.
#[tokio::test]
async fn a_row_whose_operator_changed_since_the_preview_is_refused() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let file = format!("ID,상담원 이름,Password\nkim_01,김파일,\nlee-02,이상담,{PASSWORD}\n");
    let rows = browser.upload(PREVIEW, file.into_bytes()).await.body["rows"].clone();
    let found = json!({ "id": company.operator, "revision": 0 });
    assert_eq!((&rows[0]["found"], &rows[1]["found"]), (&found, &json!(null)));
    let import = json!({ "rows": rows, "administrator_password": PASSWORD });
    let operator = format!("/api/manage/operators/{}", company.operator);
    let saved = json!({
        "name": "김상담", "company_name": "베타", "department_id": company.department, "phone": "02-1", "email": "",
        "is_mobile": false, "password": "", "password_confirm": "", "options": [], "revision": 0,
        "administrator_password": PASSWORD,
    });
    assert_eq!(browser.put(&operator, saved).await.status, StatusCode::OK);
    let changed = fields([("rows.0.login", "changed-since-preview")]);
    assert_eq!(browser.post(IMPORT, import.clone()).await.fields(), changed);
    let kept = browser.get(&operator).await.body;
    assert_eq!((&kept["name"], &kept["phone"]), (&json!("김상담"), &json!("02-1")));
    // Deleted, it is not created anew; created meanwhile, it is not changed.
    let other = json!({ "rows": [row("lee-02", &[])], "administrator_password": PASSWORD });
    assert_eq!(browser.post(IMPORT, other).await.body, json!({ "created": 1, "updated": 0 }));
    let deletion = json!({ "administrator_password": PASSWORD });
    browser.post(&format!("{operator}/delete"), deletion).await;
    let both = [("rows.0.login", "changed-since-preview"), ("rows.1.login", "changed-since-preview")];
    assert_eq!(browser.post(IMPORT, import).await.fields(), fields(both));
    assert_eq!(browser.get("/api/manage/operators").await.body["total"], 1);
}

/// D-8: an operator who was deleted and made again with the same ID is another one, and stays as it was made.
#[tokio::test]
async fn a_row_of_an_operator_that_was_made_again_is_refused() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let file = b"ID,Name\nkim_01,From the file\n".to_vec();
    let rows = browser.upload(PREVIEW, file).await.body["rows"].clone();
    let operator = format!("/api/manage/operators/{}", company.operator);
    let deletion = json!({ "administrator_password": PASSWORD });
    browser.post(&format!("{operator}/delete"), deletion).await;
    let again = json!({ "rows": [row("kim_01", &[])], "administrator_password": PASSWORD });
    assert_eq!(browser.post(IMPORT, again).await.body["created"], 1);
    let answer = browser.post(IMPORT, json!({ "rows": rows, "administrator_password": PASSWORD })).await;
    assert_eq!(answer.fields(), fields([("rows.0.login", "changed-since-preview")]));
    assert_eq!(browser.get("/api/manage/operators").await.body["operators"][0]["name"], "이상담");
}

async fn set_licence(server: &TestServer, company: store::CompanyId, operators: i64, mobile_operators: i64) {
    let write = server.state.store.write(company).await.unwrap();
    let licence = Licence { until_ms: None, operators, mobile_operators };
    licences::replace(&write, licence).await.unwrap();
    write.commit().await.unwrap();
}

/// D-2, D-8: the preview says which rows the licence has no place for, and all the others come in.
#[tokio::test]
async fn a_preview_counts_its_rows_against_the_licence() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    set_licence(&server, company.id, 3, 1).await;
    let first = json!([row("mobile-1", &[("mobile", "사용")])]);
    let done = browser.post(IMPORT, json!({ "rows": first, "administrator_password": PASSWORD })).await;
    assert_eq!(done.body["created"], 1);
    let file = format!(
        "ID,상담원 이름,Password,모바일 / 비디오 원격지원 사용\nkim_01,,,사용\nmobile-1,,,사용안함\nkim_01x,,x,\n\
         mobile-2,이,{PASSWORD},사용\npc-0001,이,{PASSWORD},\n"
    );
    let preview = browser.upload(PREVIEW, file.into_bytes()).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    let rows = preview.body["rows"].as_array().unwrap();
    let full = |row: &Value| row["errors"][0].clone();
    let no_mobile = json!({ "field": "mobile", "code": "licence-mobile-full", "params": { "operators": 1 } });
    assert_eq!(full(&rows[0]), no_mobile);
    assert_eq!(rows[1]["errors"], json!([]), "gives its place back");
    assert_eq!(rows[2]["errors"][0]["code"], "too-short", "a bad row takes none");
    assert_eq!(rows[3]["errors"], json!([]), "takes the last, and that of the row before");
    assert_eq!(
        full(&rows[4]),
        json!({ "field": "login", "code": "licence-full", "params": { "operators": 3 } })
    );
    let good: Vec<_> = rows.iter().filter(|row| row["errors"] == json!([])).collect();
    let done = browser.post(IMPORT, json!({ "rows": good, "administrator_password": PASSWORD })).await;
    assert_eq!(done.body, json!({ "created": 1, "updated": 1 }), "{}", done.text);
}

/// D-2: the limit of mobile support holds for an operator who exists, too.
#[tokio::test]
async fn a_change_takes_no_mobile_place_that_the_licence_does_not_have() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mobile = json!([row("kim_01", &[("password", ""), ("mobile", "사용")])]);
    let mut mobile = json!({ "rows": mobile, "administrator_password": PASSWORD });
    mobile["rows"][0]["found"] = json!({ "id": company.operator, "revision": 0 });
    let refused = browser.post(IMPORT, mobile.clone()).await;
    assert_eq!(refused.fields(), fields([("rows.0.mobile", "licence-mobile-full")]));
    set_licence(&server, company.id, 1, 1).await;
    let done = browser.post(IMPORT, mobile.clone()).await;
    assert_eq!(
        done.body,
        json!({ "created": 0, "updated": 1 }),
        "as many operators as it allows are no hindrance"
    );
    // Who has the place keeps it, also where the licence was lowered.
    set_licence(&server, company.id, 1, 0).await;
    mobile["rows"][0]["found"]["revision"] = json!(1);
    mobile["rows"][0]["name"] = json!("김새이름");
    assert_eq!(browser.post(IMPORT, mobile).await.body["updated"], 1);
}

/// D-8: what leaves comes back: the export is a file that the import takes, and says nothing new.
#[tokio::test]
async fn an_export_is_a_file_that_the_import_takes() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    for kind in ["xlsx", "csv"] {
        let file =
            browser.ask(Method::GET, &format!("/api/manage/operators/export?format={kind}"), None).await;
        assert_eq!(file.status, StatusCode::OK);
        let preview = browser.upload(PREVIEW, file.bytes).await;
        let rows = preview.body["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "{kind}");
        assert_eq!((&rows[0]["action"], &rows[0]["errors"]), (&json!("nothing"), &json!([])), "{kind}");
    }
}
