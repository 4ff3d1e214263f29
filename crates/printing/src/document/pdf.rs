//! Writes a PDF of pages with one picture each (ISO 32000-1), as it comes: lengths and the list of pages follow what they are of.

/// How a picture's colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colours {
    Gray,
    Rgb,
    Cmyk,
}

impl Colours {
    fn name(self) -> &'static str {
        match self {
            Self::Gray => "DeviceGray",
            Self::Rgb => "DeviceRGB",
            Self::Cmyk => "DeviceCMYK",
        }
    }
}

/// A picture on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    pub(super) colours: Colours,
    pub(super) bits: u32,
    /// Its highest value is its darkest.
    pub(super) is_inverted: bool,
    /// "FlateDecode" or "DCTDecode".
    pub(super) filter: &'static str,
    /// Width and height of the page, in hundredths of a point.
    pub(super) page: (u64, u64),
    /// Left, bottom, width and height of the picture on it, the same.
    pub(super) place: (u64, u64, u64, u64),
}

/// The page list and the catalogue: 1 and 2; each page has four objects.
const FIRST: usize = 3;

/// The writer.
#[derive(Debug, Default)]
pub(super) struct Pdf {
    written: usize,
    /// Where the objects from [`FIRST`] on begin.
    offsets: Vec<usize>,
    pages: Vec<usize>,
    stream_from: usize,
}

impl Pdf {
    /// How many pages were begun.
    pub(super) fn pages(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// Begins a page; then its picture's bytes follow.
    pub(super) fn begin(&mut self, picture: &Picture, out: &mut Vec<u8>) {
        if self.written == 0 {
            self.put(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", out);
        }
        let no = FIRST + self.offsets.len();
        let (contents, image, length) = (no + 1, no + 2, no + 3);
        let (width, height) = picture.page;
        self.object();
        self.pages.push(no);
        self.text(
            &format!(
                "{no} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Resources<</XObject<</P {image} 0 R>>>>/Contents {contents} 0 R>>\nendobj\n",
                points(width),
                points(height)
            ),
            out,
        );
        let (x, y, w, h) = picture.place;
        let drawn = format!("q {} 0 0 {} {} {} cm /P Do Q", points(w), points(h), points(x), points(y));
        self.object();
        self.text(
            &format!("{contents} 0 obj\n<</Length {}>>stream\n{drawn}\nendstream\nendobj\n", drawn.len()),
            out,
        );
        self.object();
        let Picture { width_px, height_px, colours, bits, is_inverted, filter, .. } = picture;
        let decode = match (is_inverted, colours) {
            (false, _) => "",
            (true, Colours::Gray) => "/Decode[1 0]",
            (true, Colours::Rgb) => "/Decode[1 0 1 0 1 0]",
            (true, Colours::Cmyk) => "/Decode[1 0 1 0 1 0 1 0]",
        };
        let space = colours.name();
        self.text(
            &format!(
                "{image} 0 obj\n<</Type/XObject/Subtype/Image/Width {width_px}/Height {height_px}/ColorSpace/{space}/BitsPerComponent {bits}{decode}/Filter/{filter}/Length {length} 0 R>>stream\n"
            ),
            out,
        );
        self.stream_from = self.written;
    }

    /// The next bytes of the page's picture.
    pub(super) fn put(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(bytes);
        self.written += bytes.len();
    }

    /// The page's picture ends here.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) {
        let length = self.written.saturating_sub(self.stream_from);
        self.put(b"\nendstream\nendobj\n", out);
        let no = FIRST + self.offsets.len();
        self.object();
        self.text(&format!("{no} 0 obj\n{length}\nendobj\n"), out);
    }

    /// The document ends here.
    pub(super) fn finish(mut self, out: &mut Vec<u8>) {
        let kids: Vec<String> = self.pages.iter().map(|no| format!("{no} 0 R")).collect();
        let catalogue = self.written;
        self.text("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n", out);
        let list = self.written;
        let count = kids.len();
        self.text(&format!("2 0 obj\n<</Type/Pages/Count {count}/Kids[{}]>>\nendobj\n", kids.join(" ")), out);
        let table = self.written;
        let objects = FIRST + self.offsets.len();
        let mut lines = Vec::with_capacity(objects.saturating_mul(20));
        for at in [catalogue, list].iter().chain(&self.offsets) {
            // Each line has 20 bytes, its end among them.
            lines.extend_from_slice(format!("{at:010} 00000 n ").as_bytes());
            lines.push(b'\n');
        }
        self.text(&format!("xref\n0 {objects}\n0000000000 65535 f \n"), out);
        self.put(&lines, out);
        self.text(&format!("trailer\n<</Size {objects}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"), out);
    }

    fn object(&mut self) {
        self.offsets.push(self.written);
    }

    fn text(&mut self, text: &str, out: &mut Vec<u8>) {
        self.put(text.as_bytes(), out);
    }
}

/// Hundredths of a point as PDF writes numbers.
fn points(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
