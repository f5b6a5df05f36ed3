//! A worker that measures SRI's operations on request.
//!
//! It reads lines and answers each with one:
//!
//! | Line | Answer |
//! |---|---|
//! | `frame NAME HEX` | `ok`: the frame of a message, which the operations on that message then use |
//! | `measure OPERATION MILLISECONDS` | nanoseconds of processor time and bytes allocated, per operation |

mod cost;
mod messages;
mod noise;

use cost::Operation;
use std::{
    collections::HashMap,
    io::{self, BufRead, Write},
    time::Duration,
};

#[global_allocator]
static ALLOCATOR: cost::Counting = cost::Counting;

fn main() {
    let mut operations: HashMap<String, Operation> = noise::operations();
    for line in io::stdin().lock().lines() {
        let line = line.expect("standard input is text");
        let words: Vec<&str> = line.split(' ').collect();
        let answer = match words[..] {
            ["frame", name, hex] => {
                operations.extend(messages::operations(name, parse(hex)));
                "ok".to_owned()
            }
            ["measure", name, milliseconds] => {
                let time = Duration::from_millis(milliseconds.parse().expect("milliseconds are a number"));
                let operation = operations.get_mut(name).expect("the operation is known");
                cost::measure(operation, time).to_string()
            }
            _ => panic!("not understood: {line}"),
        };
        println!("{answer}");
        io::stdout().flush().expect("standard output is open");
    }
}

fn parse(hex: &str) -> Vec<u8> {
    let digits = |index| u8::from_str_radix(&hex[index..index + 2], 16).expect("two hexadecimal digits");
    (0..hex.len()).step_by(2).map(digits).collect()
}
