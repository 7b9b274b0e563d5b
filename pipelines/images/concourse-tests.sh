#!/bin/sh
# Holds the image of a resource against Concourse's protocol, inside the image and without a network: what cloud.gov's
# container pipeline calls concourse-tests. Usage: concourse-tests.sh RESOURCE
#
# An exit of 0 answers one JSON array (check) or object (in, out); any other answers nothing and says why. Nobody is at
# 127.0.0.1:1, so every call has one right exit status: 0 when it asks nobody, 1 when nobody answers, 2 for a wrong request.
set -eu

resource=${1:?usage: concourse-tests.sh RESOURCE}
folder=${RESOURCE_FOLDER:-/opt/resource}
export NO_PROXY='*' AWS_EC2_METADATA_DISABLED=true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/folder"

wrong() {
	echo "  wrong: $resource: $*"
	cat "$work/answer" "$work/words" 2>/dev/null || true
	exit 1
}

# json KIND FILE: one JSON value of this kind. Hardened images may lack jq; then it begins and ends as one.
json() {
	if command -v jq >/dev/null; then
		jq -es --arg kind "$1" 'length == 1 and (.[0] | type) == $kind' "$2" >/dev/null 2>&1
		return
	fi
	case "$1 $(tr -d ' \t\r\n' <"$2")" in
	"array ["*"]" | "object {"*"}") ;;
	*) return 1 ;;
	esac
}

# protocol VERB KIND STATUS REQUEST
protocol() {
	[ -x "$folder/$1" ] || wrong "$folder/$1 is no program"
	status=0
	printf '%s' "$4" | "$folder/$1" ${5+"$5"} >"$work/answer" 2>"$work/words" || status=$?
	[ "$status" = "$3" ] || wrong "$1 exits $status, not $3, when asked $4"
	if [ "$status" = 0 ]; then
		json "$2" "$work/answer" || wrong "$1 answers no JSON $2 when asked $4"
	else
		[ ! -s "$work/answer" ] || wrong "$1 exits $status and yet answers when asked $4"
		[ -s "$work/words" ] || wrong "$1 exits $status and does not say why when asked $4"
	fi
	echo "  right: $resource: $1 exits $status"
}

check_protocol() { protocol check array "$@"; }
in_protocol() { protocol in object "$@" "$work/folder"; }
out_protocol() { protocol out object "$@" "$work/folder"; }

# fetches SOURCE VERSION: a resource that asks somebody at check and in.
fetches() {
	check_protocol 1 '{"source":'"$1"',"version":null}'
	in_protocol 1 '{"source":'"$1"',"version":'"$2"'}'
}

"$folder/$resource" --version >"$work/answer" || wrong "--version fails"
cat "$work/answer"
check_protocol 2 '{"source":{"no such key":"x"}}'
in_protocol 2 '{"source":{"no such key":"x"}}'
out_protocol 2 '{"source":{"no such key":"x"}}'

case $resource in
slack)
	source='{"url":"http://127.0.0.1:1/services/none"}'
	check_protocol 0 '{"source":'"$source"',"version":null}'
	in_protocol 0 '{"source":'"$source"',"version":{"posted":"2026-08-24T09:00:00Z"}}'
	out_protocol 1 '{"source":'"$source"',"params":{"alert_type":"failed"}}'
	;;
evidence)
	source='{"bucket":"none","scope":"production","check":"mfa","endpoint":"http://127.0.0.1:1","access_key_id":"x","secret_access_key":"x"}'
	fetches "$source" '{"key":"production/mfa/2026-08-24/090000Z-1/report.json"}'
	out_protocol 1 '{"source":'"$source"',"params":{"report":"report"}}'
	;;
stemcell)
	fetches '{"name":"bosh-aws-xen-hvm-ubuntu-jammy-go_agent","bosh_io_url":"http://127.0.0.1:1"}' '{"version":"1.1"}'
	;;
cloudtrail)
	check_protocol 1 '{"source":{"account_id":"111122223333","region":"us-gov-west-1","endpoint":"http://127.0.0.1:1","access_key_id":"x","secret_access_key":"x"},"version":null}'
	;;
*) wrong "concourse-tests.sh does not know what to ask it" ;;
esac
