// Package monitoring runs real Alertmanagers and Prometheus servers on this machine: Debian's, and an
// Alertmanager of another version built from its Go module.
package monitoring

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// The programs. Debian 12 has Alertmanager 0.25 and Prometheus 2.42.
const (
	DebianAlertmanager = "prometheus-alertmanager"
	DebianPrometheus   = "prometheus"
)

// later is the last Alertmanager that `go install` can build: from 0.32 on its page is not in the module.
const later = "v0.31.1"

// LaterAlertmanager builds Alertmanager 0.31.1 once for this user, in some minutes.
func LaterAlertmanager(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "platform-checklist", "alertmanager-"+later)
	program := filepath.Join(folder, "alertmanager")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	install := exec.CommandContext(ctx, "go", "install", "github.com/prometheus/alertmanager/cmd/alertmanager@"+later)
	install.Dir = os.TempDir() // outside of any module
	install.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+folder)
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build Alertmanager %s: %w: %s", later, err, out)
	}
	return program, nil
}

// Server is a running one.
type Server struct {
	URL  string
	cmd  *exec.Cmd
	done chan struct{}
}

// Alertmanager starts one with a configuration, in a folder of its own, on a free port of the host.
func Alertmanager(ctx context.Context, host, program, folder, config string) (*Server, error) {
	file := filepath.Join(folder, "alertmanager.yml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return nil, err
	}
	return start(ctx, host, program, func(address string) []string {
		return []string{"--config.file=" + file, "--storage.path=" + filepath.Join(folder, "alertmanager"), "--web.listen-address=" + address, "--cluster.listen-address="}
	})
}

// Prometheus starts one with a configuration, in a folder of its own. It sends a firing alert again every 3 s.
func Prometheus(ctx context.Context, host, folder, config string) (*Server, error) {
	file := filepath.Join(folder, "prometheus.yml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return nil, err
	}
	return start(ctx, host, DebianPrometheus, func(address string) []string {
		return []string{"--config.file=" + file, "--storage.tsdb.path=" + filepath.Join(folder, "prometheus"), "--web.listen-address=" + address,
			"--rules.alert.resend-delay=3s"}
	})
}

// start runs a program on a free port of the host until it says that it is ready.
func start(ctx context.Context, host, program string, args func(address string) []string) (*Server, error) {
	free, err := net.Listen("tcp", host+":0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	_ = free.Close()
	s := &Server{URL: "http://" + address, cmd: exec.Command(program, args(address)...), done: make(chan struct{})}
	log, err := os.CreateTemp("", "monitoring-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = s.cmd.Wait()
		close(s.done)
	}()
	if err := s.ready(ctx); err != nil {
		s.Stop()
		said, _ := os.ReadFile(log.Name())
		return nil, fmt.Errorf("start %s: %w: %s", program, err, said)
	}
	return s, os.Remove(log.Name())
}

func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/-/ready", nil)
		if err != nil {
			return err
		}
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.done:
			return errors.New("it ended")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Reload makes the server read its configuration again.
func (s *Server) Reload() error { return s.cmd.Process.Signal(syscall.SIGHUP) }

// Stop ends the server.
func (s *Server) Stop() {
	_ = s.cmd.Process.Kill()
	<-s.done
}
