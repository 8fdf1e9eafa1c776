#!/usr/bin/env bash
# Chromium and a font with Chinese characters for the browser tests: installs what is missing (apt, as root), or
# says how to get it. STEADY_SKIP_BROWSER=1 leaves the browser tests out.
set -euo pipefail

[ -z "${STEADY_SKIP_BROWSER:-}" ] || { echo "Browser tests are left out (STEADY_SKIP_BROWSER)." >&2; exit 0; }

browser() { command -v chromium chromium-browser google-chrome | head -1; }
font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh 2>/dev/null | head -1)" ]; }

[ -z "$(browser)" ] || ! font || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  log=$(mktemp)
  echo "Installing Chromium and Chinese fonts for the browser tests ..." >&2
  export DEBIAN_FRONTEND=noninteractive
  if { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig; } \
      >"$log" 2>&1 && [ -n "$(browser)" ]; then
    rm -f "$log"
    exit 0
  fi
  tail -15 "$log" >&2
  rm -f "$log"
fi
{
  echo
  echo "The browser tests need Chromium and a font with Chinese characters."
  echo "  Debian:         sudo apt-get install chromium fonts-noto-cjk"
  echo "  Fedora:         sudo dnf install chromium google-noto-sans-cjk-fonts"
  echo "  elsewhere:      have chromium, chromium-browser or google-chrome on PATH"
  echo "  without them:   STEADY_SKIP_BROWSER=1 make test"
} >&2
exit 1
