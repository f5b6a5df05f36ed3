//! A peer that speaks Stratum V2 with SRI's types, over loopback TCP.
//!
//! `sri-peer listen [name=value…]` prints `port N` and takes one connection; `sri-peer connect=PORT [name=value…]`
//! makes one. Then it prints `established` or `refused …`, answers frames until the other side closes, and prints
//! `answered N`.
//!
//! | Option | Meaning |
//! |---|---|
//! | `plain` | no Noise; otherwise who listens is the responder |
//! | `secret=HEX` | the authority's secret key, which signs the responder's certificate |
//! | `validity=SECONDS` | how long that certificate is valid |
//! | `authority=HEX` | the x-only authority key the initiator asks for; without it, any |
//! | `now=SECONDS` | what the peer takes for the current time |
//! | `reencode`, `describe`, `tlvs` | what comes back for each frame, see [`answer`] |
//! | `make=KIND seed=N count=N` | instead, messages of a kind that have to come back unchanged, see [`make`] |
//! | `bytewise`, `together` | each byte written alone; all made messages in one write |

mod answer;
mod link;
mod make;

use link::Link;
use std::{
    collections::HashMap,
    env, fmt,
    net::{Ipv4Addr, TcpListener, TcpStream},
    time::Duration,
};

pub type Outcome<T> = Result<T, Failure>;

/// Why something failed, as SRI prints it.
pub struct Failure(pub String);

impl<E: fmt::Debug> From<E> for Failure {
    fn from(cause: E) -> Self {
        Self(format!("{cause:?}"))
    }
}

/// No step of a test takes this long.
const TIMEOUT: Duration = Duration::from_secs(20);

fn main() {
    if let Err(Failure(failure)) = run(&Options::of(env::args().skip(1))) {
        eprintln!("sri-peer: {failure}");
        std::process::exit(1);
    }
}

fn run(options: &Options) -> Outcome<()> {
    let stream = open(options)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let mut link = match Link::establish(stream, options) {
        Ok(link) => link,
        Err(Failure(reason)) => {
            println!("refused {reason}");
            return Ok(());
        }
    };
    println!("established");
    if let Some(kind) = options.get("make") {
        let identical = make::exchange(&mut link, kind, options)?;
        println!("identical {identical}");
        return Ok(());
    }
    let mut frames = 0u64;
    while let Some(frame) = link.receive()? {
        link.send(&answer::to(frame, options)?)?;
        frames += 1;
    }
    println!("answered {frames}");
    Ok(())
}

fn open(options: &Options) -> Outcome<TcpStream> {
    if let Some(port) = options.get("connect") {
        return Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port.parse()?))?);
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    println!("port {}", listener.local_addr()?.port());
    Ok(listener.accept()?.0)
}

/// The arguments: `name` or `name=value`.
pub struct Options(HashMap<String, String>);

impl Options {
    fn of(arguments: impl Iterator<Item = String>) -> Self {
        let pair = |argument: String| match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (argument, String::new()),
        };
        Self(arguments.map(pair).collect())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn number(&self, name: &str) -> Outcome<u64> {
        let value = self.get(name).ok_or_else(|| format!("{name}=… is missing"))?;
        Ok(value.parse()?)
    }

    /// 32 bytes in hexadecimal.
    pub fn key(&self, name: &str) -> Outcome<Option<[u8; 32]>> {
        let Some(hex) = self.get(name) else {
            return Ok(None);
        };
        if hex.len() != 64 {
            return Err(format!("{name} has {} digits, not 64", hex.len()).into());
        }
        let mut key = [0; 32];
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16)?;
        }
        Ok(Some(key))
    }
}
