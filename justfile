# The tasks of this repository: `just` lists them.
default:
  @just --list

# Everything a change must pass
test:
  ./scripts/test

# Check the demonstration portal
check:
  cargo run --quiet --locked -- check

# Rewrite generated docs and the expected reports of rule pages; read the diff
docs:
  UPDATE_EXPECT=1 cargo test --quiet --locked --test it -- deploy docs rules

# Give the program a minute of inputs made wrong (CONTRIBUTING.md)
fuzz:
  cargo run --release --locked --example fuzz -- --seconds 60

# Preview the demonstration portal
demo:
  cargo run --release --locked -- serve --open

# Build the program as it is released, laid out by what it does
release:
  ./scripts/release

# Measure against Hugo, Eleventy and Pagefind (docs/performance.md)
bench:
  cargo build --release --locked
  python3 bench/peers.py
  python3 bench/run.py build --sizes 46 1k 10k
  cargo bench
