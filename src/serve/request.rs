//! What a browser asks for: the head of its request, bounded in bytes and in time.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, TcpStream};
use std::time::{Duration, Instant};

/// A head longer than this is no browser's; cookies of other tools on this host make it long.
const LONGEST_HEAD: usize = 64 * 1024;

/// A browser sends its head at once: who takes longer holds a connection on purpose.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a browser that was answered may go on sending.
const DRAIN_TIME: Duration = Duration::from_secs(1);

/// The head of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`, `HEAD`, …
    pub method: String,
    /// The path and query as sent.
    pub target: String,
    /// The name it was sent to, without the port; nothing where that is missing or said twice.
    pub host: Option<String>,
}

/// Reads a head; nothing where it is too long.
///
/// # Errors
/// When the browser leaves or takes too long.
pub(super) fn read(stream: &TcpStream) -> io::Result<Option<Request>> {
    let deadline = Instant::now() + HEAD_TIME;
    let mut head = Vec::new();
    while !is_whole(&head) {
        if head.len() >= LONGEST_HEAD {
            return Ok(None);
        }
        if read_some(stream, deadline, &mut head)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(Some(parse(&String::from_utf8_lossy(&head))))
}

/// Writes an answer before `deadline`.
pub(super) fn write(mut stream: &TcpStream, bytes: &[u8], deadline: Instant) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        stream.set_write_timeout(Some(left(deadline)?))?;
        match stream.write(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => rest = &rest[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Closing on bytes that were sent and not read would take the answer back.
pub(super) fn drain(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(std::net::Shutdown::Write)?;
    let deadline = Instant::now() + DRAIN_TIME;
    let mut unread = Vec::new();
    while unread.len() < LONGEST_HEAD && read_some(stream, deadline, &mut unread)? > 0 {}
    Ok(())
}

fn read_some(mut stream: &TcpStream, deadline: Instant, into: &mut Vec<u8>) -> io::Result<usize> {
    let mut buffer = [0; 4096];
    stream.set_read_timeout(Some(left(deadline)?))?;
    let count = stream.read(&mut buffer)?;
    into.extend_from_slice(&buffer[..count]);
    Ok(count)
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
}

fn is_whole(head: &[u8]) -> bool {
    // Whatever was read last cannot have ended the head further back than one read.
    let tail = &head[head.len().saturating_sub(4096 + 4)..];
    memchr::memmem::find(tail, b"\r\n\r\n").is_some()
        || memchr::memmem::find(tail, b"\n\n").is_some()
}

fn parse(head: &str) -> Request {
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split_ascii_whitespace();
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, target) = (word(), word());
    let headers = lines.take_while(|line| !line.is_empty());
    let mut hosts = headers.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| without_port(value.trim()).to_ascii_lowercase())
    });
    let host = hosts.next().filter(|_| hosts.next().is_none());
    Request { method, target, host }
}

/// `localhost` of `localhost:1949`, `[::1]` of `[::1]:1949`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit())
                && (name.ends_with(']') || !name.contains(':')) =>
        {
            name
        }
        _ => host,
    }
}

/// Whether a preview that listens at `interface` goes by this name. A page of another site can
/// have its own name lead to this machine, and would be answered like one of the preview's; it
/// cannot have a number lead elsewhere.
pub(super) fn is_own_name(host: &str, interface: IpAddr) -> bool {
    let number = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    match number.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || address == interface || interface.is_unspecified(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn a_preview_goes_by_its_own_names_only() {
        let (here, everywhere) = (Ipv4Addr::LOCALHOST.into(), Ipv4Addr::UNSPECIFIED.into());
        for host in ["localhost", "127.0.0.1", "[::1]", "127.0.0.2", "a.localhost"] {
            assert!(is_own_name(host, here), "{host}");
        }
        for host in [
            "",
            "x",
            "example.org",
            "localhost.example.org",
            "192.168.1.5",
            "127.0.0.1.example.org",
        ] {
            assert!(!is_own_name(host, here), "{host}");
        }
        assert!(is_own_name("192.168.1.5", everywhere) && !is_own_name("example.org", everywhere));
        assert!(is_own_name("[fe80::1]", Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1).into()));
    }

    #[test]
    fn a_head_is_read_for_its_path_and_its_host() {
        let read = parse("GET /a?b HTTP/1.1\r\nAccept: x\r\nHOST: LocalHost:1949\r\n\r\n");
        assert_eq!((&*read.method, &*read.target), ("GET", "/a?b"));
        assert_eq!(read.host.as_deref(), Some("localhost"));
        assert_eq!(
            parse("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").host.as_deref(),
            Some("[::1]")
        );
        assert_eq!(parse("GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n").host, None);
        assert_eq!(parse("GET / HTTP/1.0\r\n\r\n").host, None);
    }
}
