//! What a host says with every page beside the page: the one description that the settings of
//! each host, a new portal and the preview are held to (`docs/deploy.md`).

/// Headers of every answer: name, value. Pages load nothing from another host, run no script but
/// the site's own files, and stand in no frame of another site.
pub const HEADERS: [(&str, &str); 7] = [
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    // Of browsers that do not know `frame-ancestors`.
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// Of what stands below `assets/`: its folders are named by what they hold, so that nothing there
/// ever changes.
pub const FOR_GOOD: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");

/// Of everything else, where the host does not itself ask again for what may have changed.
pub const FOR_NOW: (&str, &str) = ("Cache-Control", "public, max-age=300, must-revalidate");

/// Only for a host of which every page is reached by HTTPS and will be for a year: a browser that
/// has read it asks for none by HTTP. No setting sends it unasked.
pub const HTTPS_ONLY: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");
