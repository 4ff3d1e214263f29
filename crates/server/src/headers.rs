//! What every answer says to the browser (design, Trust): no inline script, no frames, no sniffing, no
//! referrer, and only those powers that the product uses.

use crate::state::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

/// `style-src` takes inline styles: React Aria measures and places its popovers by `style` attributes, and an
/// attribute cannot run anything. Scripts come from files of ours alone, and no text becomes one.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; media-src 'self' blob:; \
    worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

/// The powers that the product uses, and the others by name as nobody's: one that is not named is the page's own.
const PERMISSIONS_POLICY: &str = "camera=(self), microphone=(self), display-capture=(self), \
    clipboard-read=(self), clipboard-write=(self), fullscreen=(self), geolocation=(), payment=(), usb=(), \
    serial=(), hid=(), midi=(), accelerometer=(), gyroscope=(), magnetometer=(), \
    publickey-credentials-get=(), screen-wake-lock=(), xr-spatial-tracking=()";

/// Every header.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A year without plain HTTP for this host, and for no other (RFC 6797).
const STRICT_TRANSPORT_SECURITY: &str = "max-age=31536000";

/// The layer around everything.
pub(crate) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if state.configuration.has_lasting_tls() {
        let value = HeaderValue::from_static(STRICT_TRANSPORT_SECURITY);
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}
