package sandbox

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// postgresHome is where Debian's package keeps its clusters. The sandbox's own cluster is there too,
// on a file system in memory that only its server sees, so nothing of it can stay behind.
const postgresHome = "/var/lib/postgresql"

// $1 folder of the programs, $2 port. PostgreSQL refuses to run as root.
const postgresScript = `set -e
cd ` + postgresHome + `
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
as_postgres "$1/initdb" --pgdata data --username concourse --auth trust --encoding UTF8 --no-sync
exec setpriv --reuid postgres --regid postgres --clear-groups "$1/postgres" -D data -p "$2" \
	-c listen_addresses=127.0.0.1 -c unix_socket_directories= \
	-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200`

// startPostgres returns when the server answers on 127.0.0.1:port (user concourse, database postgres).
func (sb *Sandbox) startPostgres(ctx context.Context, port string) error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		return fmt.Errorf("find PostgreSQL: %w", Requirements())
	}
	bin := found[len(found)-1]
	p, err := sb.start("postgres", isolated(context.WithoutCancel(ctx), []string{postgresHome},
		"/bin/sh", "-c", postgresScript, "postgres", bin, port))
	if err != nil {
		return err
	}
	return p.ready(ctx, func(ctx context.Context) error {
		_, err := run(exec.CommandContext(ctx, filepath.Join(bin, "pg_isready"), "-h", "127.0.0.1", "-p", port))
		return err
	})
}
