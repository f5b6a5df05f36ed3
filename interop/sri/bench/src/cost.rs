//! Time and memory that an operation takes.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    fmt,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Does an operation that many times.
pub type Operation = Box<dyn FnMut(u64)>;

/// Of one operation.
pub struct Cost {
    nanoseconds: f64,
    bytes: f64,
}

impl fmt::Display for Cost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.3} {:.1}", self.nanoseconds, self.bytes)
    }
}

/// Repeats an operation for about `time`.
pub fn measure(operation: &mut Operation, time: Duration) -> Cost {
    let times = repetitions(operation, time);
    let (bytes, start) = (ALLOCATED.load(Relaxed), processor_time());
    operation(times);
    let (took, bytes) = (processor_time() - start, ALLOCATED.load(Relaxed) - bytes);
    Cost {
        nanoseconds: took.as_nanos() as f64 / times as f64,
        bytes: bytes as f64 / times as f64,
    }
}

fn repetitions(operation: &mut Operation, time: Duration) -> u64 {
    let mut times = 1;
    loop {
        let start = processor_time();
        operation(times);
        let took = processor_time() - start;
        if took > time / 20 {
            return (times as f64 * time.as_secs_f64() / took.as_secs_f64()).ceil() as u64;
        }
        times *= 2;
    }
}

/// Of the whole process, so that waiting for a processor does not count.
fn processor_time() -> Duration {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    let status = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut now) };
    assert_eq!(status, 0, "there is a processor clock");
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

static ALLOCATED: AtomicU64 = AtomicU64::new(0);

/// The system's allocator, with the bytes asked of it counted. The process has one thread, so a load and a store will do
/// and cost next to nothing.
pub struct Counting;

fn count(bytes: usize) {
    ALLOCATED.store(ALLOCATED.load(Relaxed) + bytes as u64, Relaxed);
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        System.alloc(layout)
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        System.alloc_zeroed(layout)
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        System.realloc(pointer, layout, size)
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        System.dealloc(pointer, layout)
    }
}
