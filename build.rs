//! Profiles, the theme and the starter portal are embedded: a new file among them must be noticed.

fn main() {
    for folder in ["profiles", "themes/default", "src/cmd/starter"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
