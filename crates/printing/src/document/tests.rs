//! Documents that become PDF.

use proptest::prelude::{any, prop, proptest};

use super::{DocumentError, Finished, Format, PageRange, ToPdf};

const A4: (u32, u32) = (21_000, 29_700);

fn convert(
    format: Option<Format>,
    pages: Vec<PageRange>,
    bytes: &[u8],
    step: usize,
) -> Result<(Vec<u8>, u32), DocumentError> {
    let mut converter = ToPdf::new(format, pages, A4, 100);
    let mut out = Vec::new();
    for part in bytes.chunks(step.max(1)) {
        converter.push(part, &mut out)?;
    }
    let Finished { pages } = converter.finish(&mut out)?;
    Ok((out, pages))
}

/// A page of PWG Raster: `rows` as they are coded.
fn pwg_page(width: u32, height: u32, space: u32, bits: u32, pixel_bits: u32, rows: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 1_796];
    header[..10].copy_from_slice(b"PwgRaster\0");
    let row_bytes = (width * pixel_bits).div_ceil(8);
    let numbers = [
        (276, 300),
        (280, 300),
        (372, width),
        (376, height),
        (384, bits),
        (388, pixel_bits),
        (392, row_bytes),
        (400, space),
    ];
    for (at, number) in numbers {
        header[at..at + 4].copy_from_slice(&u32::to_be_bytes(number));
    }
    [&header, rows].concat()
}

fn pwg(pages: &[Vec<u8>]) -> Vec<u8> {
    [b"RaS2".to_vec(), pages.concat()].concat()
}

/// Two rows of red, and one of red and two others.
fn red() -> Vec<u8> {
    let rows = [&[1, 2, 255, 0, 0][..], &[0, 0, 255, 0, 0, 255, 0, 255, 0, 0, 0, 255]].concat();
    pwg_page(3, 3, 19, 8, 24, &rows)
}

/// Every stream of a PDF, inflated.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    use std::io::Read as _;
    let mut found = Vec::new();
    let mut rest = pdf;
    while let Some(at) = memchr::memmem::find(rest, b"FlateDecode") {
        let from = at + memchr::memmem::find(&rest[at..], b"stream\n").unwrap() + 7;
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(&rest[from..]).read_to_end(&mut bytes).unwrap();
        found.push(bytes);
        rest = &rest[from..];
    }
    found
}

/// PWG 5102.4 §4.2: rows repeat, pixels repeat, pixels stand one by one.
#[test]
fn a_raster_becomes_a_page() {
    for step in [1, 7, 4_096] {
        let (pdf, pages) = convert(Some(Format::Pwg), Vec::new(), &pwg(&[red()]), step).unwrap();
        assert_eq!(pages, 1);
        let row = [255, 0, 0].repeat(3);
        let last = [255, 0, 0, 0, 255, 0, 0, 0, 255];
        assert_eq!(streams(&pdf), [[&row[..], &row[..], &last[..]].concat()]);
        assert!(pdf.starts_with(b"%PDF-1.5") && pdf.ends_with(b"%%EOF\n"));
    }
}

#[test]
fn pages_that_are_not_wanted_are_left_out() {
    let document = pwg(&[red(), red(), red()]);
    let range = PageRange::new(2, 2).unwrap();
    let (pdf, pages) = convert(None, vec![range], &document, 100).unwrap();
    assert_eq!((pages, streams(&pdf).len()), (1, 1));
    assert_eq!(PageRange::new(0, 3), None);
    assert_eq!(PageRange::new(3, 2), None);
}

#[test]
fn apples_raster_becomes_a_page_as_well() {
    let mut header = vec![8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [4_u32, 2, 300, 0, 0].iter().for_each(|number| header.extend(number.to_be_bytes()));
    // A grey pixel and then paper; once more.
    let document = [&b"UNIRAST\0\0\0\0\x01"[..], &header, &[1, 0, 7, 128]].concat();
    let (pdf, pages) = convert(None, Vec::new(), &document, 3).unwrap();
    assert_eq!((pages, streams(&pdf)), (1, vec![vec![7, 255, 255, 255, 7, 255, 255, 255]]));
}

/// What is malformed, cut off or too large is refused, whatever its header claims.
#[test]
fn a_raster_that_is_none_is_refused() {
    let refused = |document: &[u8]| convert(Some(Format::Pwg), Vec::new(), document, 50).err();
    let whole = pwg(&[red()]);
    assert_eq!(refused(&whole[..whole.len() - 1]), Some(DocumentError::Malformed));
    assert_eq!(refused(b"RaS3"), Some(DocumentError::Malformed));
    assert_eq!(refused(b"RaS2"), Some(DocumentError::Malformed));
    let page = |width, height, rows: &[u8]| pwg(&[pwg_page(width, height, 18, 8, 8, rows)]);
    assert_eq!(refused(&page(0, 1, &[])), Some(DocumentError::Malformed));
    assert_eq!(refused(&page(40_000, 1, &[])), Some(DocumentError::TooLarge));
    assert_eq!(refused(&page(30_000, 30_000, &[])), Some(DocumentError::TooLarge));
    // More rows than the page has, more pixels than the row has.
    assert_eq!(refused(&page(4, 2, &[2, 3, 9])), Some(DocumentError::Malformed));
    assert_eq!(refused(&page(4, 1, &[0, 4, 9])), Some(DocumentError::Malformed));
    assert_eq!(refused(&pwg(&[pwg_page(4, 1, 18, 16, 16, &[])])), Some(DocumentError::Format));
    let many = pwg(&vec![red(); 101]);
    assert_eq!(refused(&many), Some(DocumentError::TooLarge));
}

#[test]
fn a_picture_stands_on_the_paper_as_it_is() {
    let frame = [0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 3];
    let jpeg = [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2][..], &frame, &[1; 40], &[0xff, 0xd9]].concat();
    let (pdf, pages) = convert(None, Vec::new(), &jpeg, 3).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert_eq!(pages, 1);
    assert!(memchr::memmem::find(&pdf, &jpeg).is_some());
    // A4 on its side, since the picture is wider than high.
    assert!(
        text.contains("/MediaBox[0 0 841.88 595.27]") && text.contains("/Width 200/Height 100"),
        "{text}"
    );
    assert_eq!(convert(Some(Format::Jpeg), Vec::new(), &jpeg[..12], 3), Err(DocumentError::Malformed));
    assert_eq!(convert(Some(Format::Jpeg), Vec::new(), b"GIF89a", 3), Err(DocumentError::Malformed));
}

#[test]
fn a_pdf_is_passed_on_and_its_pages_are_counted() {
    let packed = {
        use std::io::Write as _;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let page = "<</Type /Page/Contents 9 0 R/Resources<</Font<</F 8 0 R>>>>/Parent 2 0 R>>";
        encoder.write_all(page.repeat(3).as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let plain =
        b"%PDF-1.7\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n4 0 obj<</Type /Pages/Count 9>>endobj\n"
            .to_vec();
    let contents = b"5 0 obj<</Length 12>>stream\n/Type /Page \nendstream endobj\n".to_vec();
    let objects = [
        b"6 0 obj<</Type/ObjStm/N 3/Filter/FlateDecode>>stream\r\n".to_vec(),
        packed,
        b"\nendstream endobj\n%%EOF\n".to_vec(),
    ]
    .concat();
    let pdf = [plain, contents, objects].concat();
    for step in [1, 10, 10_000] {
        assert_eq!(convert(Some(Format::Pdf), Vec::new(), &pdf, step), Ok((pdf.clone(), 4)), "{step}");
    }
    assert_eq!(convert(Some(Format::Pdf), Vec::new(), b"hello", 2), Err(DocumentError::Malformed));
    assert_eq!(convert(Some(Format::Pdf), Vec::new(), &[b'x'; 2_000], 300), Err(DocumentError::Malformed));
    assert_eq!(convert(None, Vec::new(), b"hello, printer", 3), Err(DocumentError::Format));
    assert_eq!(convert(None, Vec::new(), b"", 3), Err(DocumentError::Format));
}

proptest! {
    /// However a document is cut, the same comes of it.
    #[test]
    fn no_byte_breaks_it(bytes in prop::collection::vec(any::<u8>(), 0..600), step in 1_usize..50, format in 0_usize..4) {
        let marks: [&[u8]; 4] = [b"%PDF-1.4 /Type/ObjStm stream\n", b"RaS2", b"UNIRAST\0", &[0xff, 0xd8, 0xff]];
        let document = [marks[format], &bytes].concat();
        assert_eq!(convert(None, Vec::new(), &document, step), convert(None, Vec::new(), &document, 1_000));
    }
}
