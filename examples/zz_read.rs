//! x
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason
)]
use mingbai::import::document::Block;
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let t = std::time::Instant::now();
        let d = mingbai::import::read::read(&path, &bytes);
        let e = t.elapsed();
        println!("== {path} {e:?} refusal {:?}", d.refusal);
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
        let mut n = 0;
        for b in &d.blocks {
            let Block::Grid(g) = b else { continue };
            println!("-- grid {:?} {}x{}", g.name, g.rows.len(), g.rows[0].len());
            for r in &g.rows {
                for c in r {
                    if n < 400 && (!c.text.is_empty() || c.doubt.is_some()) {
                        n += 1;
                        println!(
                            "  R{}C{} {:?} {:?} {:?} span{:?} ind{}",
                            c.origin.row,
                            c.origin.column,
                            c.text,
                            c.kind,
                            c.doubt,
                            c.span,
                            c.indent
                        );
                    }
                }
            }
        }
        for l in d.left_out.iter().take(30) {
            println!("  LEFT {:?}", l);
        }
    }
}
