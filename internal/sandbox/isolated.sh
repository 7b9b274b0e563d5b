# The first process of the namespaces that process_linux.go makes: mounts what is private, runs the
# command, passes SIGTERM on to it and reaps what its children leave behind.
# Arguments: the private directories, separated by spaces; the command.
set -e
mount -t proc proc /proc
for dir in $1; do
	mkdir -p "$dir"
	mount -t tmpfs sandbox "$dir"
done
shift

"$@" &
command=$!
trap 'kill -TERM "$command"' TERM

set +e
wait "$command"
status=$?
if kill -0 "$command" 2>/dev/null; then # the wait ended by the trap, not by the command's end
	wait "$command"
	status=$?
fi
exit "$status"
