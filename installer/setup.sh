#!/usr/bin/env bash
# Make the virtual environment and see to the system libraries that Qt needs, and the programs that tests call with.
# As root they are installed; otherwise they are named in one line to paste. Debian and Ubuntu.
set -euo pipefail
python=$1 venv=$2

# libraries that the wheels of Qt load at run time, and the fonts of the design (tokens.json)
packages=(libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
  libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 fonts-inter fonts-noto-core)
"$python" -c 'import venv, ensurepip' 2>/dev/null || packages+=(python3-venv)

# what only tests need: the softphone of the line `sip` and who rings it; a screen with a keyboard and an
# input method, as operators type Vietnamese
tested=(baresip-core sip-tester xvfb xdotool ibus ibus-unikey libglib2.0-bin)

missing=() silent=()
if command -v dpkg-query >/dev/null; then
  for name in "${packages[@]}"; do
    # Ubuntu 24.04 and Debian 13 renamed a few libraries for 64-bit time
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' ||
      dpkg-query -W -f='${Status}' "${name}t64" 2>/dev/null | grep -q 'install ok installed' ||
      missing+=("$name")
  done
  for name in "${tested[@]}"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || silent+=("$name")
  done
fi
[ "$(id -u)" = 0 ] && missing+=("${silent[@]}")
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Qt needs system libraries. Paste this line, then run make again:"
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    exit 1
  fi
fi
if [ "$(id -u)" != 0 ] && [ ${#silent[@]} -gt 0 ]; then
  echo "Tests of telephone calls and of typing with an input method need more, all else works without. To have it:"
  echo "  sudo apt-get install -y --no-install-recommends ${silent[*]}"
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
