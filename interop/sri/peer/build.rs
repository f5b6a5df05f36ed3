//! Lets `sri-replay` choose the encodings of public keys, which are random otherwise; see there.

fn main() {
    println!("cargo:rustc-link-arg-bin=sri-replay=-Wl,--wrap=rustsecp256k1_v0_9_2_ellswift_encode");
    println!("cargo:rerun-if-changed=build.rs");
}
