package sandbox

import (
	"context"
	"path/filepath"
	"time"
)

func (sb *Sandbox) startConcourse(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	webPort, tsaPort, postgresPort := ports[0], ports[1], ports[2]
	sb.URL = "http://127.0.0.1:" + webPort

	k, err := newKeys(ctx, sb.tools, filepath.Join(sb.dir, "keys"))
	if err != nil {
		return err
	}
	if err := sb.startPostgres(ctx, postgresPort); err != nil {
		return err
	}
	if err := sb.startWeb(ctx, k, webPort, tsaPort, postgresPort); err != nil {
		return err
	}
	if err := sb.login(ctx); err != nil {
		return err
	}
	return sb.startWorker(ctx, k, tsaPort)
}
