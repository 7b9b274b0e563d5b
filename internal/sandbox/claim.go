package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// claimFile is one for the machine, because the bridge's name is. Who holds its lock runs a sandbox;
// what it says without a lock is what a killed sandbox left.
const claimFile = "/run/lock/platform-checklist-sandbox.json"

// runDir holds what a run writes. Containers' users must get there, which they may not in a home folder.
const runDir = "/var/lib/platform-checklist-sandbox"

const ipForwardFile = "/proc/sys/net/ipv4/ip_forward"

// claim is what the next sandbox must know to clean up after this one. Processes and mounts are not
// in it: the kernel has ended them (see fork and isolated).
type claim struct {
	PID       int       `json:"pid"`
	Since     time.Time `json:"since"`
	IPForward string    `json:"ip_forward"` // the kernel's setting before the CNI plugins set it
}

// claim waits until no other sandbox runs, cleans up after one that was killed and takes its place.
func (sb *Sandbox) claim(ctx context.Context) error {
	file, err := os.OpenFile(claimFile, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	sb.undo = append(sb.undo, func() { _ = file.Close() })
	if err := sb.lock(ctx, file); err != nil {
		return err
	}
	before, err := readClaim()
	if err != nil {
		return err
	}
	if before.PID != 0 {
		sb.say("cleaning up after the sandbox of process %d", before.PID)
	}
	if err := before.clear(); err != nil {
		return fmt.Errorf("clean up after an earlier sandbox: %w", err)
	}

	ipForward, err := os.ReadFile(ipForwardFile)
	if err != nil {
		return err
	}
	now := claim{PID: os.Getpid(), Since: time.Now(), IPForward: string(ipForward)}
	content, _ := json.Marshal(now)
	if err := os.WriteFile(claimFile, content, 0o644); err != nil {
		return err
	}
	sb.undo = append(sb.undo, func() {
		if err := now.clear(); err != nil {
			sb.say("not all is cleaned up, the next start tries again: %s", err)
			return
		}
		_ = os.Truncate(claimFile, 0)
	})
	return os.Mkdir(sb.dir, 0o755)
}

func (sb *Sandbox) lock(ctx context.Context, file *os.File) error {
	said := false
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return err
		}
		other, _ := readClaim()
		if !said {
			sb.say("waiting for the sandbox of process %d, started %s", other.PID, other.Since.Format(time.TimeOnly))
			said = true
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("another sandbox runs (process %d, since %s): wait for it or end it: %w",
				other.PID, other.Since.Format(time.DateTime), ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func readClaim() (c claim, err error) {
	content, err := os.ReadFile(claimFile)
	if err != nil || len(content) == 0 {
		return c, err
	}
	if err := json.Unmarshal(content, &c); err != nil {
		return c, fmt.Errorf("%s is broken: delete it: %w", claimFile, err)
	}
	return c, nil
}

// clear removes what the kernel does not remove by itself. All of it may be gone already.
func (c claim) clear() error {
	err := errors.Join(removeNetwork(), removeCgroups(), os.RemoveAll(runDir))
	if c.IPForward != "" {
		err = errors.Join(err, os.WriteFile(ipForwardFile, []byte(c.IPForward), 0o644))
	}
	return err
}

// removeCgroups removes the groups of containers, under the name that the worker gives their parent.
func removeCgroups() error {
	var groups []string
	walk := func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && strings.Contains(path+"/", "/garden/") {
			groups = append(groups, path)
		}
		return nil // a group may go while we look
	}
	if err := filepath.WalkDir("/sys/fs/cgroup", walk); err != nil {
		return err
	}
	var errs []error
	for _, group := range slices.Backward(groups) { // children first
		if err := os.Remove(group); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
