package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A process is a server that the sandbox runs. It ends with this program, however that ends.
type process struct {
	name string
	cmd  *exec.Cmd
	log  string        // file with what it wrote
	done chan struct{} // closed when it has ended
}

// start runs cmd in the background, its output in a file of its own, and stops it with the sandbox.
func (sb *Sandbox) start(name string, cmd *exec.Cmd) (*process, error) {
	p := &process{name: name, cmd: cmd, log: filepath.Join(sb.dir, name+".log"), done: make(chan struct{})}
	log, err := os.Create(p.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if err := fork(cmd); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		_ = cmd.Wait()
		close(p.done)
	}()
	sb.undo = append(sb.undo, p.stop)
	return p, nil
}

// ready waits until probe succeeds. A process that ends first is an error that shows its last words.
func (p *process) ready(ctx context.Context, probe func(context.Context) error) error {
	for {
		err := probe(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.done:
			return fmt.Errorf("%s ended: %s; its last lines:\n%s", p.name, p.cmd.ProcessState, p.tail())
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w: %w; its last lines:\n%s", p.name, ctx.Err(), err, p.tail())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// stop asks the process to end, and makes it end when it takes too long.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(10 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

func (p *process) tail() string {
	all, _ := os.ReadFile(p.log)
	lines := strings.Split(strings.TrimSpace(string(all)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}

// run runs cmd to its end and returns its standard output; its standard error is in the error.
func run(cmd *exec.Cmd) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 5 * time.Second // for children of a killed command that hold its output open
	err := fork(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		return stdout.String(), fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Args[0]), err, bytes.TrimSpace(stderr.Bytes()))
	}
	return stdout.String(), nil
}

// fork starts cmd so that it is killed when this program ends, and is not when a terminal's Ctrl-C
// goes to this program's process group. The kernel sends the death signal when the thread that
// forked ends, so one thread that never ends forks them all (https://go.dev/issue/27505).
func fork(cmd *exec.Cmd) error {
	dieWithParent(cmd)
	failed := make(chan error)
	forks() <- func() { failed <- cmd.Start() }
	return <-failed
}

var forks = sync.OnceValue(func() chan<- func() {
	queue := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range queue {
			f()
		}
	}()
	return queue
})
