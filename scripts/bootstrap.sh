#!/usr/bin/env bash
# Brings a fresh machine to a complete .venv: uv, a Python 3.10 or 3.11, and the locked packages.
# Does nothing (in well under a second) when all of it is there and uv.lock has not changed.
#
# Environment, all optional: UV (a uv to use), UV_PYTHON (an interpreter to use).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PYTHONS="3.11 3.10"           # in order of preference; Rasa 3.6 and TensorFlow 2.12 run on no later one
UV_NEEDS="0.8"
TOOLS=$PWD/.tools
STAMP=.venv/.steady-stamp

say() { printf '%s\n' "$*" >&2; }
die() { say ""; say "$1"; shift; for line in "$@"; do say "  $line"; done; exit 1; }
works() { "$@" >/dev/null 2>&1; }

platform() {
  local system machine
  system=$(uname -s) machine=$(uname -m)
  if [ "$system $machine" != "Linux x86_64" ]; then
    die "Steady runs on Linux on x86_64; this is $system on $machine (there is no TensorFlow 2.12 for it)." \
        "Use Docker instead:   docker compose up --build --wait" \
        "On Windows, WSL 2 with Ubuntu or Debian works as well."
  fi
  if ldd --version 2>&1 | grep -qi musl; then
    die "This Linux uses musl (Alpine?); TensorFlow is built for glibc only." \
        "Use Docker instead:   docker compose up --build --wait"
  fi
}

# Any Python 3 that starts. A pyenv shim that points at a missing version does not.
any_python() {
  local each
  for each in python3 /usr/bin/python3 python3.11 python3.10 python3.12 python3.13 python; do
    if works "$each" -c 'import sys; sys.exit(sys.version_info < (3, 8))'; then echo "$each"; return 0; fi
  done
  return 1
}

new_enough() {  # does this uv run, and is it recent enough to read the lock file?
  local version
  version=$("$1" --version 2>/dev/null | awk '{print $2}') || return 1
  [ -n "$version" ] && [ "$(printf '%s\n%s\n' "$UV_NEEDS" "$version" | sort -V | head -1)" = "$UV_NEEDS" ]
}

find_uv() {
  local each
  for each in "${UV:-}" "$TOOLS/uv/bin/uv" "$TOOLS/uv-venv/bin/uv" uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv"; do
    if [ -n "$each" ] && new_enough "$each"; then command -v "$each"; return 0; fi
  done
  return 1
}

install_uv() {
  local python want="uv>=$UV_NEEDS"
  python=$(any_python) || die "No Python 3 found, and no uv." \
    "Debian, Ubuntu:  sudo apt-get install python3 python3-pip" \
    "Fedora:          sudo dnf install python3 python3-pip" \
    "or install uv itself (see its documentation) and run this again."
  say "Installing uv into .tools/ ..."
  mkdir -p "$TOOLS"
  if works "$python" -m pip --version; then
    rm -rf "$TOOLS/uv"
    "$python" -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
      --target "$TOOLS/uv" "$want" >&2 || true
  else
    rm -rf "$TOOLS/uv-venv"
    if ! works "$python" -m venv "$TOOLS/uv-venv"; then
      rm -rf "$TOOLS/uv-venv"
      die "$python has neither pip nor a working venv module, so uv cannot be installed." \
        "Debian, Ubuntu:  sudo apt-get install python3-pip   (or python3-venv)" \
        "Fedora:          sudo dnf install python3-pip" \
        "or install uv itself (see its documentation) and run this again."
    fi
    "$TOOLS/uv-venv/bin/python" -m pip install --quiet --disable-pip-version-check "$want" >&2 || true
  fi
  find_uv >/dev/null || die "uv could not be installed from PyPI (see above)." \
    "Check the network, or pip's proxy and certificate settings (pip config list)," \
    "or install uv in another way and run this again."
}

fits() { works "$1" -c 'import sys, venv, ssl, sqlite3; sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 12))'; }

find_python() {
  local each found
  if [ -n "${UV_PYTHON:-}" ]; then
    found=$("$uv" python find --system --no-python-downloads "$UV_PYTHON" 2>/dev/null) || found=$UV_PYTHON
    if fits "$found"; then echo "$found"; return 0; fi
    die "UV_PYTHON=$UV_PYTHON is not a working Python 3.10 or 3.11." "Set it to one, or unset it."
  fi
  for each in $PYTHONS; do
    found=$("$uv" python find --system --no-python-downloads "$each" 2>/dev/null) || continue
    if fits "$found"; then echo "$found"; return 0; fi
  done
  # pyenv keeps its versions out of PATH unless they are switched on
  for each in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[01].*/bin/python3; do
    if fits "$each"; then echo "$each"; return 0; fi
  done
  return 1
}

get_python() {
  local where=$TOOLS/python
  UV_PYTHON_INSTALL_DIR=$where find_python && return 0
  say "No Python 3.11 or 3.10 here; uv fetches one into .tools/ ..."
  UV_PYTHON_INSTALL_DIR=$where "$uv" python install --no-bin 3.11 >&2 || true
  UV_PYTHON_INSTALL_DIR=$where find_python && return 0
  die "Steady needs Python 3.11 or 3.10, there is none, and uv could not fetch one." \
    "With network:    $uv python install 3.11" \
    "Debian 12:       sudo apt-get install python3" \
    "Ubuntu 22.04:    sudo apt-get install python3" \
    "pyenv:           pyenv install 3.11" \
    "elsewhere:       UV_PYTHON=/path/to/python3.11 make run"
}

wanted() { { echo "$PWD"; echo "${UV_PYTHON:-}"; cat uv.lock pyproject.toml .python-version; } | sha256sum | cut -d' ' -f1; }

ready() { [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(wanted)" ] && works .venv/bin/python -c ''; }

platform
ready && exit 0
mkdir -p .steady
exec 9>.steady/bootstrap.lock
if command -v flock >/dev/null; then
  flock -n 9 || { say "Another set-up is running; waiting for it ..."; flock 9; }
fi
ready && exit 0

find_uv >/dev/null || install_uv
uv=$(find_uv)
python=$(get_python)
if [ -d .venv ]; then say "Bringing .venv/ up to date with uv.lock ..."
else say "Installing the locked packages into .venv/ with $("$python" -V) (about 1.7 GB, once) ..."; fi
[ -t 2 ] && quiet= || quiet=--quiet  # a progress bar for people, no list of 200 names for logs
[ ! -d .venv ] || [ "$(cat .venv/.steady-place 2>/dev/null || echo "$PWD")" = "$PWD" ] || rm -rf .venv  # it was moved
"$uv" sync --frozen ${quiet:+"$quiet"} --python "$python" --no-python-downloads >&2 9>&- || die \
  "The packages could not be installed (see above)." \
  "Check the network and the free space (2.5 GB) and run this again: it goes on where it stopped." \
  "To start afresh: make clean-all"
echo "$PWD" >.venv/.steady-place
wanted >"$STAMP"
