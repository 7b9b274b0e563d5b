package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

const (
	cniPlugins   = "/usr/lib/cni"
	certificates = "/etc/ssl/certs/ca-certificates.crt"
)

// containerdConfig is for Debian's containerd 1.6, which refuses the version 3 that the worker writes.
const containerdConfig = `version = 2
oom_score = -999
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs"]
`

// workerPrivate is what the worker and its containers would leave behind: sockets and container
// states, the addresses given to containers.
var workerPrivate = []string{"/run", "/var/lib/cni"}

// startWorker starts an ephemeral worker with containerd and returns when web can use it.
func (sb *Sandbox) startWorker(ctx context.Context, k keys, tsaPort string) error {
	work := filepath.Join(sb.dir, "worker")
	config := filepath.Join(sb.dir, "containerd.toml")
	if err := os.MkdirAll(filepath.Join(work, "volumes"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(config, []byte(containerdConfig), 0o644); err != nil {
		return err
	}
	ports, err := freePorts(5)
	if err != nil {
		return err
	}
	p, err := sb.start("worker", isolated(context.WithoutCancel(ctx), workerPrivate,
		sb.Tool("concourse"), "worker",
		"--name=sandbox", "--ephemeral", "--work-dir="+work, "--resource-types="+filepath.Join(sb.dir, "types"),
		"--bind-port="+ports[0], "--debug-bind-port="+ports[1],
		"--healthcheck-bind-ip=127.0.0.1", "--healthcheck-bind-port="+ports[2],
		"--baggageclaim-bind-port="+ports[3], "--baggageclaim-debug-bind-port="+ports[4],
		"--baggageclaim-driver=overlay", "--baggageclaim-volumes="+filepath.Join(work, "volumes"),
		"--tsa-host=127.0.0.1:"+tsaPort, "--tsa-public-key="+k.tsa+".pub", "--tsa-worker-private-key="+k.worker,
		"--runtime=containerd", "--containerd-config="+config, "--containerd-init-bin="+sb.Tool("init"),
		"--containerd-cni-plugins-dir="+cniPlugins, "--containerd-allow-host-access", "--containerd-network-pool="+network,
		"--containerd-external-ip=127.0.0.1", "--containerd-mtu=1500",
		"--containerd-dns-server="+host, // nothing listens there: a name fails at once instead of after a timeout
		"--sweep-interval=10s",
	))
	if err != nil {
		return err
	}
	return p.ready(ctx, sb.workerRuns)
}

// workerRuns tells whether web knows a worker and could start containers on it.
func (sb *Sandbox) workerRuns(ctx context.Context) error {
	out, err := sb.Fly(ctx, "workers", "--json")
	if err != nil {
		return err
	}
	var workers []struct{ State string }
	if err := json.Unmarshal([]byte(out), &workers); err != nil {
		return fmt.Errorf("read the workers: %w", err)
	}
	if len(workers) == 0 || workers[0].State != "running" {
		return fmt.Errorf("no worker runs: %s", out)
	}
	return nil
}
