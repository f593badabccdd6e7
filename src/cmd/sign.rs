//! Signatures of receipts, as minisign makes and checks them.

#![expect(
    clippy::disallowed_methods,
    reason = "keys are read from files, passwords from the environment"
)]

use std::io::{Cursor, IsTerminal};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use ct_codecs::{Base64, Decoder};
use minisign::{PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

/// The environment variable that holds the password of a secret key.
const PASSWORD: &str = "MINGBAI_SIGN_PASSWORD";

/// How the key of a file is hidden, where it is not.
const NO_PASSWORD: [u8; 2] = [0, 0];

/// Who signs.
pub(super) struct Signer {
    secret: SecretKey,
    public: PublicKey,
}

impl Signer {
    /// With the secret key in a file.
    ///
    /// # Errors
    /// When it cannot be read, is none, or its password is not known.
    pub(super) fn open(file: &Path) -> Result<Signer> {
        let name = file.display();
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("无法读取私钥 / cannot read the secret key {name}"))?;
        let secret = secret_key(&text).with_context(|| {
            format!("私钥 {name} 用不了 / the secret key {name} cannot be used")
        })?;
        let public = PublicKey::from_secret_key(&secret).map_err(|error| anyhow!("{error}"))?;
        Ok(Signer { secret, public })
    }

    /// The signature of a receipt: the last one, where it is of these bytes and this key, because
    /// every signing makes another.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn sign(&self, bytes: &[u8], last: Option<&str>) -> Result<String> {
        if let Some(last) = last.filter(|last| self.has_signed(bytes, last)) {
            return Ok(last.to_owned());
        }
        let comment = format!("file:{}", crate::receipt::PATH);
        let made = minisign::sign(
            Some(&self.public),
            &self.secret,
            Cursor::new(bytes),
            Some(&comment),
            Some("signature of a receipt made by mingbai"),
        );
        Ok(made.map_err(|error| anyhow!("{error}"))?.into_string())
    }

    /// Whether a signature is one of these bytes by this key.
    pub(super) fn has_signed(&self, bytes: &[u8], signature: &str) -> bool {
        check(&self.public, signature, bytes).is_ok()
    }
}

/// The key in a text of two lines.
fn secret_key(text: &str) -> Result<SecretKey> {
    let encoded = text.lines().nth(1).unwrap_or_default().trim();
    let bytes = Base64::decode_to_vec(encoded, None).map_err(|error| anyhow!("{error}"))?;
    if bytes.get(2..4) == Some(&NO_PASSWORD) {
        // Keys that minisign made without a password have no checksum, which the box would ask for.
        return SecretKey::from_bytes(&bytes).map_err(|error| anyhow!("{error}"));
    }
    let password = std::env::var(PASSWORD).ok();
    if password.is_none() && !std::io::stdin().is_terminal() {
        bail!(
            "私钥有密码：写进环境变量 {PASSWORD} / it has a password: give it in the environment variable {PASSWORD}"
        );
    }
    let boxed = SecretKeyBox::from_string(text).map_err(|error| anyhow!("{error}"))?;
    boxed.into_secret_key(password).map_err(|error| anyhow!("{error}"))
}

/// A public key: the file that holds it, or itself.
///
/// # Errors
/// When it is none.
pub(super) fn public_key(given: &str) -> Result<PublicKey> {
    let read =
        |error| anyhow!("公钥 {given} 用不了 / the public key {given} cannot be used: {error}");
    match std::fs::read_to_string(given) {
        Ok(text) if text.trim().lines().count() > 1 => {
            let boxed = PublicKeyBox::from_string(&text).map_err(read)?;
            boxed.into_public_key().map_err(read)
        }
        Ok(text) => PublicKey::from_base64(text.trim()).map_err(read),
        Err(_) => PublicKey::from_base64(given).map_err(read),
    }
}

/// Whether a signature is that of these bytes by this key: what it says beside, or why it is not.
///
/// # Errors
/// When it is not.
pub(super) fn check(key: &PublicKey, signature: &str, bytes: &[u8]) -> Result<String> {
    let signature = SignatureBox::from_string(signature).map_err(|error| anyhow!("{error}"))?;
    minisign::verify(key, &signature, Cursor::new(bytes), true, false, false)
        .map_err(|error| anyhow!("{error}"))?;
    signature.trusted_comment().map_err(|error| anyhow!("{error}"))
}
