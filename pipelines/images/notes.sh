#!/bin/sh
# Prints what a CHANGELOG.md says of a version, or fails: what nobody described is not published.
# Usage: notes.sh VERSION CHANGELOG.md
set -eu
notes=$(awk -v heading="## [$1] - " '
	index($0, heading) == 1 { of = 1; next }
	/^## / || /^\[.*\]: /   { of = 0 }
	of && (NF || said)      { print; said = 1 }
' "$2")
if [ -z "$notes" ]; then
	echo "$2 says nothing of $1: describe it under the heading \"## [$1] - $(date +%Y-%m-%d)\", or publish the version that it describes" >&2
	exit 1
fi
printf '%s\n' "$notes"
